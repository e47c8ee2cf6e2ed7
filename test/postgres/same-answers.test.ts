import { expect, it } from "vitest";

import { build } from "../server/helper.ts";
import { createWorld, type OddRequest, oddRequests } from "./odd-requests.ts";
import { createTestDatabase } from "./test-database.ts";

const isAll = process.env["AUXVYN_ODD_TEXTS"] === "all";
/** More than PostgreSQL's integers hold. */
const HUGE = "9223372036854775808";
const MORE = [
	...["\u0000", "\ud800", "a\udfffb", "\uffff", "\u{1F986}\u202e", "", " ", '"', "%_\\'", "x".repeat(5000)],
	...[HUGE, "-1", "1.5", "1e400", "9".repeat(400), "9007199254740993", "true", "null", "[]", "{}", "__proto__"],
];

/** The texts to try in a place. PostgreSQL has none with U+0000. `AUXVYN_ODD_TEXTS=all` tries many more. */
function textsFor({ place }: OddRequest): string[] {
	if (isAll) return ["a\u0000b", ...MORE];
	return /, (query|form|header) /.test(place) ? ["a\u0000b", HUGE] : ["a\u0000b"];
}

type Side = Awaited<ReturnType<typeof openSide>>;

async function openSide(databaseUrl?: string) {
	const server = await build({
		env: { RATE_LIMIT_SCALE: "0" },
		...(databaseUrl !== undefined && { databaseUrl }),
	});
	let world = await createWorld(server);
	return {
		server,
		async answer(request: OddRequest, text: string) {
			const response = await server.app.inject(request.compose(text, world));
			// What it changed is needed again.
			if (response.statusCode < 300 && !request.place.startsWith("GET")) world = await createWorld(server);
			const isProblem = response.statusCode >= 400 && response.body !== "";
			const { code, error } = isProblem ? response.json<{ code?: string; error?: string }>() : {};
			return { status: response.statusCode, code: code ?? error };
		},
		async found(text: string) {
			const { person } = world;
			const url = `/api/workspaces/${person.workspaceId}/keys?q=${encodeURIComponent(text)}`;
			return (await person.request("GET", url)).json<{ keys: { label: string }[] }>().keys.map(({ label }) => label);
		},
	};
}

async function bothSides(): Promise<[Side, Side]> {
	return Promise.all([openSide(), createTestDatabase().then(openSide)]);
}

it("SQLite and PostgreSQL give the same answers to odd texts in every place of every request, and never 500", async () => {
	const [sqlite, postgres] = await bothSides();
	const requests = await oddRequests(sqlite.server);
	expect(requests.length).toBeGreaterThan(100);
	for (const request of requests) {
		for (const text of textsFor(request)) {
			const [here, there] = await Promise.all([sqlite.answer(request, text), postgres.answer(request, text)]);
			expect(there, `${request.place}: ${JSON.stringify(text.slice(0, 30))}`).toEqual(here);
			expect(here.status, request.place).toBeLessThan(500);
		}
	}
}, 600_000);

it("a search finds the same with either, whatever is searched for", async () => {
	const [sqlite, postgres] = await bothSides();
	expect(await sqlite.found("PROD")).toEqual(["Production"]);
	for (const text of ["prod\u0000", "\u0000", "n\u0000", "%", "_", "\\", "prod\ufffd", "ｐｒｏｄ", "PROD"]) {
		expect(await postgres.found(text), text).toEqual(await sqlite.found(text));
	}
	expect(await sqlite.found("n\u0000")).toEqual([]);
});
