import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, probe } = await openBench();

const PRINT_FACTS = `
	print(game.PlaceId, game.GameId, game.PlaceVersion, game.CreatorType.Name, game.JobId == "")
	print(pcall(function() return game:GetService("MarketplaceService"):GetProductInfo(game.PlaceId).Name end))
`;

describe("place facts", () => {
	test("a new place has its template's id and no experience", async () => {
		expect(await probe(PRINT_FACTS)).toEqual(["95206881 0 0 User true", "false HTTP 400 (Bad Request)"]);
	});

	test("a file is treated as a published place with a marketplace name", async () => {
		const place = await writePlace(file("shop.rbxl"));
		expect(await probe(PRINT_FACTS, { place })).toEqual(["4801231234 1650881234 7 User true", "true shop"]);
	});

	test("facts can be overridden, and a file can be unpublished", async () => {
		const place = await writePlace(file("shop.rbxl"));
		const group = { facts: "group" as const, factOverrides: { title: "Moonlit Shop", placeId: 12 } };
		expect(await probe(PRINT_FACTS, { place, ...group })).toEqual(["12 1650881234 7 Group true", "true Moonlit Shop"]);
		expect((await probe(PRINT_FACTS, { place, facts: "unpublished" }))[0]).toBe("0 0 0 User true");
	});

	test("the marketplace can be made to fail or never respond", async () => {
		const place = await writePlace(file("shop.rbxl"));
		await studio.refuse("product-info", { times: 1 });
		expect((await probe(PRINT_FACTS, { place }))[1]).toBe("false HTTP 400 (Bad Request)");
		await studio.refuse("product-info", { how: "never", times: 1 });
		const never = `task.spawn(function() ${PRINT_FACTS} end) task.wait(60)`;
		const printed = probe(never, { place });
		await studio.advance(61);
		expect(await printed).toHaveLength(1);
	});

	test("GetUserId is zero if no user is logged in", async () => {
		const printUser = `print(game:GetService("StudioService"):GetUserId())`;
		expect(await probe(printUser)).toEqual(["1848960"]);
		expect(await probe(printUser, { factOverrides: { userId: 0 } })).toEqual(["0"]);
	});
});
