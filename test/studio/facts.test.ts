import { describe, expect, test } from "vitest";

import { openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";

const { studio, file, probe } = await openBench();

const TELL = `
	print(game.PlaceId, game.GameId, game.PlaceVersion, game.CreatorType.Name, game.JobId == "")
	print(pcall(function() return game:GetService("MarketplaceService"):GetProductInfo(game.PlaceId).Name end))
`;

describe("what a place says about itself", () => {
	test("a new place has its template's id and no experience", async () => {
		expect(await probe(TELL)).toEqual(["95206881 0 0 User true", "false HTTP 400 (Bad Request)"]);
	});

	test("a file counts as a published place, whose name the marketplace knows", async () => {
		const place = await writePlace(file("shop.rbxl"));
		expect(await probe(TELL, { place })).toEqual(["4801231234 1650881234 7 User true", "true shop"]);
	});

	test("single facts can be told otherwise, and a file can be one that was never published", async () => {
		const place = await writePlace(file("shop.rbxl"));
		const group = { facts: "group" as const, factOverrides: { title: "Moonlit Shop", placeId: 12 } };
		expect(await probe(TELL, { place, ...group })).toEqual(["12 1650881234 7 Group true", "true Moonlit Shop"]);
		expect((await probe(TELL, { place, facts: "unpublished" }))[0]).toBe("0 0 0 User true");
	});

	test("the marketplace may fail, or never answer", async () => {
		const place = await writePlace(file("shop.rbxl"));
		await studio.refuse("product-info", { times: 1 });
		expect((await probe(TELL, { place }))[1]).toBe("false HTTP 400 (Bad Request)");
		await studio.refuse("product-info", { how: "never", times: 1 });
		const never = `task.spawn(function() ${TELL} end) task.wait(60)`;
		const asked = probe(never, { place });
		await studio.advance(61);
		expect(await asked).toHaveLength(1);
	});

	test("who is logged in is a number, and zero where nobody is", async () => {
		const who = `print(game:GetService("StudioService"):GetUserId())`;
		expect(await probe(who)).toEqual(["1848960"]);
		expect(await probe(who, { factOverrides: { userId: 0 } })).toEqual(["0"]);
	});
});
