import { describe, expect, it } from "vitest";

import type { PasswordHash } from "../../../server/accounts/passwords/hashing.ts";
import { sweepKnownNetworks } from "../../../server/accounts/sessions/known-networks.store.ts";
import { build, type TestServer } from "../helper.ts";
import { quickHash } from "../quick-hash.ts";
import { countRows } from "../storage/probes.store.ts";

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";
const RIN = "rin@example.com";

interface Attempt {
	password?: string;
	email?: string;
	from?: string;
	cookie?: string;
	rememberMe?: boolean;
}

function signIn(server: TestServer, { from = "192.0.2.1", cookie, ...fields }: Attempt = {}) {
	return server.app.inject({
		method: "POST",
		url: "/api/auth/sign-in/email",
		headers: { origin: ORIGIN, ...(cookie !== undefined && { cookie }) },
		payload: { email: RIN, password: PASSWORD, ...fields },
		remoteAddress: from,
	});
}

async function signUp(server: TestServer, from = "192.0.2.1", email = RIN) {
	const answer = await server.app.inject({
		method: "POST",
		url: "/api/auth/sign-up/email",
		headers: { origin: ORIGIN },
		payload: { name: "Rin", email, password: PASSWORD },
		remoteAddress: from,
	});
	return deviceCookie(answer);
}

function deviceCookie({ cookies }: { cookies: { name: string; value: string }[] }): string {
	return cookies
		.filter(({ name }) => name === "auxvyn.device")
		.map(({ name, value }) => `${name}=${value}`)
		.join("; ");
}

const statusOf = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode;

/** Once `slow`, works on one password after the other, when told to. */
function slowHash() {
	const passwords: string[] = [];
	const waiting: (() => void)[] = [];
	let isSlow = false;
	async function work(password: string): Promise<void> {
		if (!isSlow) return;
		passwords.push(password);
		await new Promise<void>((resolve) => waiting.push(resolve));
	}
	const hash: PasswordHash = {
		hash: (password) => work(password).then(() => quickHash.hash(password)),
		verify: (given) => work(given.password).then(() => quickHash.verify(given)),
	};
	return {
		hash,
		passwords,
		slow: () => void (isSlow = true),
		/** One after the other, each taking as long as a look into the database. */
		async finishAll({ app }: TestServer, done: () => boolean): Promise<void> {
			while (!done()) {
				waiting.shift()?.();
				await Promise.all([app.storage.read(countRows, undefined), new Promise(setImmediate)]);
			}
		},
	};
}

/** 72 wrong sign-ins from nine addresses, and one by the account's owner. Returns how many were worked on before that one. */
async function behindACrowd(owner: (device: string) => Attempt): Promise<number> {
	const { hash, passwords, slow, finishAll } = slowHash();
	const server = await build({ passwordHash: hash });
	const device = await signUp(server);
	slow();
	const crowd = Array.from({ length: 72 }, (_, index) =>
		signIn(server, { from: `203.0.113.${index % 9}`, email: `jo${index}@example.com`, password: `wrong ${index}` }),
	);
	// With both hashing places taken and the line full.
	const firstDropped = await Promise.race(crowd.slice(2));
	expect(firstDropped.statusCode).toBe(503);
	let settled = 0;
	const attempt = signIn(server, owner(device));
	for (const each of [...crowd, attempt]) void each.then(() => settled++);
	await finishAll(server, () => settled === 73);
	expect((await attempt).statusCode).toBe(200);
	return passwords.indexOf(PASSWORD);
}

describe("a crowd of wrong sign-ins", () => {
	it("keeps no owner waiting behind it, with a known browser, a known network, or neither", async () => {
		expect(await behindACrowd((cookie) => ({ from: "198.51.100.1", cookie }))).toBeLessThan(10);
		expect(await behindACrowd(() => ({ from: "192.0.2.1" }))).toBeLessThan(10);
		expect(await behindACrowd(() => ({ from: "198.51.100.1" }))).toBeLessThan(10);
	});
});

describe("guesses at one account from many addresses", () => {
	/** Guesses from ever new networks until one is refused. */
	async function guess(server: TestServer, first = 1): Promise<{ guesses: number; wait: number }> {
		for (let guesses = 0; ; guesses++) {
			const answer = await signIn(server, { from: `198.18.${first + guesses}.1`, password: "wrong horse battery" });
			if (answer.statusCode === 429) return { guesses, wait: Number(answer.headers["retry-after"]) };
		}
	}

	it("are slowed down by the account, a little more each time", async () => {
		const server = await build();
		await signUp(server);
		expect(await guess(server)).toEqual({ guesses: 20, wait: 1 });
		const waits = [];
		for (let time = 0; time < 10; time++) {
			server.clock.advance(waits.at(-1) ?? 1);
			waits.push((await guess(server, 100 + time)).wait);
		}
		expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
		expect(await statusOf(signIn(server, { email: "jo@example.com", from: "198.18.1.1" }))).toBe(401);
		server.clock.advance(24 * 3_600);
		expect(await statusOf(signIn(server, { from: "198.51.100.1" }))).toBe(200);
	});

	it("do not keep the owner out of a known browser or network, nor of changes to the account", async () => {
		const server = await build();
		const device = await signUp(server);
		await guess(server);
		const stranger = await signIn(server, { from: "198.51.100.1" });
		expect(stranger.json<{ detail: string }>().detail).toContain("a browser in which you signed in before");
		expect(await statusOf(signIn(server, { from: "198.51.100.1", cookie: device }))).toBe(200);
		const home = await signIn(server);
		expect(home.statusCode).toBe(200);
		const proven = await server.app.inject({
			method: "POST",
			url: "/api/account/password",
			headers: { origin: ORIGIN, cookie: home.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
			payload: { currentPassword: PASSWORD, newPassword: "another horse battery" },
			remoteAddress: "198.51.100.1",
		});
		expect(proven.statusCode).toBe(204);
	});

	it("are slowed down for unknown accounts too, so that this does not tell who has one", async () => {
		const server = await build();
		const codes = [];
		for (let guesses = 0; guesses < 21; guesses++)
			codes.push(await statusOf(signIn(server, { from: `198.18.${guesses}.1` })));
		expect(codes.slice(19)).toEqual([401, 429]);
	});

	it("give a stolen browser cookie no more guesses than an address", async () => {
		const server = await build();
		const cookie = await signUp(server);
		const codes = [];
		for (let guesses = 0; guesses < 11; guesses++) {
			const answer = signIn(server, { from: `198.18.${guesses}.1`, cookie, password: "wrong horse battery" });
			codes.push(await statusOf(answer));
		}
		expect(codes.slice(9)).toEqual([401, 429]);
	});

	it("are counted by the address too, after a browser's first few", async () => {
		const server = await build();
		const cookies = [await signUp(server)];
		while (cookies.length < 3) cookies.push(deviceCookie(await signIn(server)));
		const from = "203.0.113.9";
		const guesses = [];
		for (const cookie of cookies)
			for (let guess = 0; guess < 9; guess++)
				guesses.push(await statusOf(signIn(server, { from, cookie, password: "wrong horse battery" })));
		// Five of each browser, and ten of the address.
		expect(guesses.filter((status) => status === 401)).toHaveLength(25);
		const last = deviceCookie(await signIn(server));
		expect(await statusOf(signIn(server, { from, cookie: last }))).toBe(200);
	});

	it("from all browsers that the account knows are few, before these are strangers", async () => {
		const server = await build();
		const cookies = [await signUp(server)];
		while (cookies.length < 8) cookies.push(deviceCookie(await signIn(server)));
		await guess(server);
		const guesses = [];
		for (const [index, cookie] of cookies.entries())
			for (let time = 0; time < 5; time++)
				guesses.push(
					await statusOf(signIn(server, { from: `198.19.${index}.1`, cookie, password: "wrong horse battery" })),
				);
		expect(guesses.filter((status) => status === 401)).toHaveLength(30);
		server.clock.advance(600);
		expect(await statusOf(signIn(server, { from: "198.51.100.1", cookie: cookies.at(-1) ?? "" }))).toBe(200);
	});

	it("are not helped by browsers from before the password was changed or reset, except the one that changed it", async () => {
		const server = await build();
		const before = await signUp(server);
		const { cookies } = await signIn(server);
		const changed = await server.app.inject({
			method: "POST",
			url: "/api/account/password",
			headers: { origin: ORIGIN, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
			payload: { currentPassword: PASSWORD, newPassword: "another horse battery" },
		});
		await guess(server);
		const elsewhere = { from: "198.51.100.1", password: "another horse battery" };
		expect(await statusOf(signIn(server, { ...elsewhere, cookie: before }))).toBe(429);
		expect(await statusOf(signIn(server, { ...elsewhere, cookie: deviceCookie(changed) }))).toBe(200);
		server.db.prepare("UPDATE account SET password = ?").run(await quickHash.hash("a third horse battery"));
		const third = { from: "198.51.100.2", password: "a third horse battery", cookie: deviceCookie(changed) };
		expect(await statusOf(signIn(server, third))).toBe(429);
	});

	it.each([
		["of another account", (cookie: string) => cookie.replace(/=\w+\./, "=another.")],
		["with another signature", (cookie: string) => cookie.replace(/.{4}$/, "AAAA")],
		["without a signature", (cookie: string) => cookie.replace(/\.[^.]*$/, "")],
	])("are not helped by a browser cookie %s", async (_what, forge) => {
		const server = await build();
		const cookie = await signUp(server);
		await guess(server);
		expect(await statusOf(signIn(server, { from: "198.51.100.1", cookie: forge(cookie) }))).toBe(429);
		expect(await statusOf(signIn(server, { from: "198.51.100.1", cookie }))).toBe(200);
	});

	it("are not helped by a browser that is known to another account", async () => {
		const server = await build();
		await signUp(server);
		const cookie = await signUp(server, "192.0.2.2", "jo@example.com");
		await guess(server);
		expect(await statusOf(signIn(server, { from: "198.51.100.1", cookie }))).toBe(429);
	});

	it("are not helped by a browser cookie that is older than browsers keep it", async () => {
		const server = await build();
		const cookie = await signUp(server);
		server.clock.advance(400 * 24 * 3_600);
		await guess(server);
		expect(await statusOf(signIn(server, { from: "198.51.100.1", cookie }))).toBe(429);
	});
});

describe("guesses over several accounts from one address", () => {
	it("are counted together, and so are those from its network", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
		await signUp(server, "192.0.2.1");
		const at = (index: number, from: string) => signIn(server, { email: `jo${index}@example.com`, from });
		for (const index of [1, 2, 3]) expect(await statusOf(at(index, "203.0.113.7"))).toBe(401);
		expect(await statusOf(signIn(server, { from: "203.0.113.7" }))).toBe(429);
		expect(await statusOf(signIn(server, { from: "203.0.113.8" }))).toBe(200);
		for (let index = 0; index < 21; index++) await at(10 + index, `203.0.113.${10 + index}`);
		expect(await statusOf(signIn(server, { from: "203.0.113.100" }))).toBe(429);
		expect(await statusOf(signIn(server, { from: "198.51.100.1" }))).toBe(200);
	});
});

describe("a known browser", () => {
	it("remembers the last three accounts that signed in, and none that asked not to be remembered", async () => {
		const server = await build();
		let cookie = "";
		for (const name of ["a", "b", "c", "d"]) {
			await signUp(server, "192.0.2.1", `${name}@example.com`);
			const answer = await signIn(server, { email: `${name}@example.com`, ...(cookie && { cookie }) });
			cookie = deviceCookie(answer);
		}
		expect(cookie.split("~")).toHaveLength(3);
		const shared = await signIn(server, { email: "a@example.com", rememberMe: false });
		expect(shared.cookies.map(({ name }) => name)).not.toContain("auxvyn.device");
	});

	it("stays known after its network has been forgotten: an account remembers twenty networks", async () => {
		const server = await build();
		await signUp(server);
		for (let index = 0; index < 25; index++) {
			server.clock.advance(1);
			await signIn(server, { from: `198.18.${index}.1` });
		}
		await server.app.storage.write(sweepKnownNetworks, undefined, { priority: "low" });
		const kept = server.db.prepare<[], string>("SELECT network FROM known_network ORDER BY seen_at").pluck().all();
		expect(kept).toHaveLength(20);
		expect(kept.at(-1)).toBe("198.18.24.1");
	});
});
