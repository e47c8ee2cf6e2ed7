import { expect, it } from "vitest";

import { lookHere } from "../../server/doctor/index.ts";
import { freePort } from "../server/free-port.ts";
import { createTestDatabase } from "./test-database.ts";

async function database(url: string): Promise<string[]> {
	const findings = await lookHere({
		DATABASE_URL: url,
		PUBLIC_URL: "http://localhost:8787",
		AUXVYN_SECRET: "signs-the-sessions-of-the-doctor-0123456789",
		PORT: String(await freePort()),
	});
	return findings.filter(({ about }) => about === "database").map(({ state, text }) => `${state}: ${text}`);
}

it("npm run doctor looks at the database of DATABASE_URL, and says what is wrong without the password", async () => {
	const url = new URL(await createTestDatabase());
	expect(await database(url.href)).toEqual(["ok: PostgreSQL answers, and has what is needed."]);

	url.pathname = "/not_there";
	url.password = "never-to-be-printed";
	expect(await database(url.href)).toEqual([
		"problem: Cannot use the database of DATABASE_URL: there is no such database: create it.",
	]);
	url.port = String(await freePort());
	expect(await database(url.href)).toEqual([
		"problem: Cannot use the database of DATABASE_URL: it does not answer (nothing listens there).",
	]);
});
