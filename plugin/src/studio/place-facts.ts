import { MarketplaceService, StudioService } from "@rbxts/services";

import { PLACE_NAME_MAX_CODE_POINTS } from "../../../shared/limits.js";
import { printable } from "../text/shown";
import { sleep } from "./sleep";

/** What Studio knows of the open place. All of it is evidence for people, none of it proof. */
export interface PlaceFacts {
	placeId?: string;
	universeId?: string;
	placeName?: string;
	studioUserId?: string;
}

const NAME_PATIENCE_SECONDS = 3;

/** Roblox's own templates: an unpublished place made from one carries the template's id. */
const TEMPLATE_PLACE_IDS = new Set([
	95206881, 6560363541, 95206192, 13165709401, 520390648, 203810088, 366130569, 215383192, 264719325, 203812057,
	379736082, 301530843, 92721754, 301529772, 203885589, 10275826693, 5353920686, 6936227200,
]);

export function isPublished(): boolean {
	return game.GameId !== 0 && game.PlaceId !== 0 && !TEMPLATE_PLACE_IDS.has(game.PlaceId);
}

/** The name without what the backend would refuse. */
function cleanPlaceName(name: string): string | undefined {
	return printable(name, PLACE_NAME_MAX_CODE_POINTS);
}

/** Yields for at most three seconds; Roblox answers slowly or not at all where it is out of reach. */
function publishedName(): string | undefined {
	return sleep<string>((wake) => {
		task.delay(NAME_PATIENCE_SECONDS, () => wake());
		task.spawn(() => {
			// eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is missing in Studios still in use
			const [answered, info] = pcall(() => MarketplaceService.GetProductInfo(game.PlaceId));
			wake(answered && typeIs(info.Name, "string") ? info.Name : undefined);
		});
	});
}

function studioUserId(): string | undefined {
	const [known, id] = pcall(() => StudioService.GetUserId());
	return known && id > 0 ? string.format("%d", id) : undefined;
}

/** Yields for at most three seconds. An unpublished place has no ids of its own, so none are told. */
export function readPlaceFacts(): PlaceFacts {
	if (!isPublished()) return { placeName: cleanPlaceName(game.Name), studioUserId: studioUserId() };
	return {
		placeId: string.format("%d", game.PlaceId),
		universeId: string.format("%d", game.GameId),
		placeName: cleanPlaceName(publishedName() ?? game.Name),
		studioUserId: studioUserId(),
	};
}
