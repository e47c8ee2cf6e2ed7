import { MarketplaceService, StudioService } from "@rbxts/services";

import { PLACE_NAME_MAX_CODE_POINTS } from "../../../shared/limits.js";
import { cleanText } from "../text/display-text";
import { sleep } from "./sleep";

/** What Studio reports about the open place, unverified. */
export interface PlaceFacts {
	placeId?: string;
	universeId?: string;
	placeName?: string;
	studioUserId?: string;
}

const NAME_TIMEOUT_SECONDS = 3;

/** Roblox's templates: an unpublished place created from one has the template's PlaceId. */
const TEMPLATE_PLACE_IDS = new Set([
	95206881, 6560363541, 95206192, 13165709401, 520390648, 203810088, 366130569, 215383192, 264719325, 203812057,
	379736082, 301530843, 92721754, 301529772, 203885589, 10275826693, 5353920686, 6936227200,
]);

export function isPublished(): boolean {
	return game.GameId !== 0 && game.PlaceId !== 0 && !TEMPLATE_PLACE_IDS.has(game.PlaceId);
}

/** Removes what the backend would reject. */
function cleanPlaceName(name: string): string | undefined {
	return cleanText(name, PLACE_NAME_MAX_CODE_POINTS);
}

/** Yields for at most three seconds: GetProductInfo can be slow or hang. */
function publishedName(): string | undefined {
	return sleep<string>((wake) => {
		task.delay(NAME_TIMEOUT_SECONDS, () => wake());
		task.spawn(() => {
			// eslint-disable-next-line @typescript-eslint/no-deprecated -- older Studio versions lack its replacement
			const [ok, info] = pcall(() => MarketplaceService.GetProductInfo(game.PlaceId));
			wake(ok && typeIs(info.Name, "string") ? info.Name : undefined);
		});
	});
}

function studioUserId(): string | undefined {
	const [known, id] = pcall(() => StudioService.GetUserId());
	return known && id > 0 ? string.format("%d", id) : undefined;
}

/** Yields for at most three seconds. Without ids for an unpublished place, which has none of its own. */
export function readPlaceFacts(): PlaceFacts {
	if (!isPublished()) return { placeName: cleanPlaceName(game.Name), studioUserId: studioUserId() };
	return {
		placeId: string.format("%d", game.PlaceId),
		universeId: string.format("%d", game.GameId),
		placeName: cleanPlaceName(publishedName() ?? game.Name),
		studioUserId: studioUserId(),
	};
}
