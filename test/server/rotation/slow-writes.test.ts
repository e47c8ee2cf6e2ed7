import { expect, test } from "vitest";

import { build, type TestServer } from "../helper.ts";

const MINUTES = 12;

/** Since when silence counts, after minutes in which the server writes what it counted, while `during` happens. */
async function countsFrom(during: (server: TestServer) => void): Promise<number> {
	const server = await build();
	for (let minute = 0; minute < MINUTES; minute++) {
		server.clock.advance(60);
		const flushing = server.app.usage.flush();
		during(server);
		await flushing;
	}
	return server.db.prepare("SELECT counts_from FROM silence_clock").pluck().get() as number;
}

test("writing for seconds is no jump of the clock, and silence goes on counting; a jump is one", async () => {
	expect(await countsFrom(({ clock }) => clock.advance(10))).toBe(0);
	expect(await countsFrom(({ clock }) => clock.set(clock.now() + 10_000))).toBeGreaterThan(0);
});
