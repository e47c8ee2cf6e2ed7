import { setImmediate as turn } from "node:timers/promises";

import { afterEach, describe, expect, it, vi } from "vitest";

import type { IntrospectionError } from "../../backend/index.ts";
import { type BackendOptions, createAuthenticator, type Verdict } from "../../backend/index.ts";
import { formatKey } from "../../shared/key-format.ts";
import { build } from "../server/helper.ts";
import { ACTIVE, INACTIVE, introspectionServer, type Question } from "./introspection-server.ts";

const CLIENT = { id: "bk_1", secret: "bks_a secret" };
const KEY = formatKey("0".repeat(52)) ?? "";
const OTHER_KEY = formatKey("1".repeat(52)) ?? "";

function authenticator(server: string, options: Partial<BackendOptions> = {}) {
	const errors: IntrospectionError[] = [];
	const onError = (error: IntrospectionError) => void errors.push(error);
	const authenticate = createAuthenticator({ server, workspace: "ws_1", client: CLIENT, onError, ...options });
	const present = (key = KEY) => authenticate(["X-Api-Key", key]);
	return { errors, authenticate, present };
}

afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

/** `accepted`, or the code of the refusal. */
const codeOf = (verdict: Verdict) => (verdict.accepted ? "accepted" : verdict.refusal.code);

describe("an authenticator", () => {
	it("takes the operator's credentials, whatever characters they have, and several workspaces", async () => {
		const operator = { id: "the operator", secret: "100% a+b: of 20+ characters" };
		const { app, signUp } = await build({
			env: { INTROSPECTION_CLIENT_ID: operator.id, INTROSPECTION_CLIENT_SECRET: operator.secret },
		});
		const [rin, jo, kim] = [await signUp("Rin"), await signUp("Jo"), await signUp("Kim")];
		const url = await app.listen({ port: 0, host: "127.0.0.1" });
		const { present } = authenticator(url, { client: operator, workspace: [rin.workspaceId, jo.workspaceId] });
		const { id, secret } = await rin.createKey("Live game");
		const workspace = { id: rin.workspaceId, name: "Rin's workspace" };
		expect(await present(secret)).toEqual({ accepted: true, apiKey: { id, label: "Live game", workspace } });
		expect(codeOf(await present((await jo.createKey()).secret))).toBe("accepted");
		expect(codeOf(await present((await kim.createKey()).secret))).toBe("wrong_workspace");
	});

	it("reads Node's headers, and those of the Fetch API", async () => {
		const { url } = await introspectionServer(({ token, answer }) => answer(token === KEY ? ACTIVE : INACTIVE));
		const { authenticate } = authenticator(url);
		const bearer = `Bearer ${KEY}`;
		for (const headers of [
			["Authorization", bearer],
			{ authorization: bearer },
			{ "x-api-key": [KEY, KEY] },
			new Headers({ Authorization: bearer }),
			new Headers({ "X-Api-Key": KEY, Authorization: "Bearer another" }),
		])
			expect(codeOf(await authenticate(headers))).toBe("accepted");
		expect(codeOf(await authenticate({ "x-api-key": KEY, authorization: `Bearer ${OTHER_KEY}` }))).toBe(
			"conflicting_keys",
		);
		expect(codeOf(await authenticate(["x-api-key", KEY, "x-api-key", OTHER_KEY]))).toBe("conflicting_keys");
		for (const headers of [{}, [], new Headers(), { cookie: KEY }, { get: "x" }])
			expect(codeOf(await authenticate(headers))).toBe("missing_key");
	});

	it("refuses what is not a whole key without asking", async () => {
		const { url, questions } = await introspectionServer(({ answer }) => answer(ACTIVE));
		const { present } = authenticator(url);
		for (const key of [KEY.slice(0, -1), `${KEY.slice(0, -1)}0`, `${KEY}0`, KEY.toUpperCase(), "sk_live_1"])
			expect(await present(key)).toMatchObject({ refusal: { status: 401, code: "malformed_key" } });
		expect(questions).toHaveLength(0);
	});

	it("is not made of what would send a secret in the clear, or let in anyone", () => {
		const make = (options: object) => () =>
			createAuthenticator({ server: "https://keys.example.com", workspace: "ws_1", client: CLIENT, ...options });
		for (const server of ["https://keys.example.com/", "http://localhost:8787", "http://127.0.0.1", "http://[::1]:1"])
			expect(make({ server })).not.toThrow();
		for (const server of ["http://keys.example.com", "http://localhost.example.com", "http://10.0.0.1"])
			expect(make({ server })).toThrow("server has to be https");
		for (const server of [
			undefined,
			"",
			"keys.example.com",
			"https://a:b@keys.example.com",
			"ftp://localhost",
			"https://keys.example.com/v1",
			"https://keys.example.com/?a",
		])
			expect(make({ server })).toThrow("server has to be the origin");
		for (const workspace of [undefined, "", "any", "bk_1", [], ["ws_1", undefined], ["ws_1", "*"]])
			expect(make({ workspace })).toThrow("workspace has to be the id");
		for (const client of [undefined, {}, { id: "bk_1" }, { id: "", secret: "bks_1" }])
			expect(make({ client })).toThrow("client has to be { id, secret }");
		// Milliseconds, for example.
		for (const timeoutSeconds of [0, -1, Number.NaN, 2000]) expect(make({ timeoutSeconds })).toThrow("timeoutSeconds");
		for (const cacheSeconds of [-1, Number.NaN, 5000]) expect(make({ cacheSeconds })).toThrow("cacheSeconds");
	});

	it("never repeats what it was made of: a secret may be in the wrong place", () => {
		const secret = "bks_secret";
		for (const wrong of [
			{ server: secret },
			{ server: `http://a:${secret}@b` },
			{ workspace: secret },
			{ client: secret },
		]) {
			const options = { server: "https://keys.example.com", workspace: "ws_1", client: CLIENT, ...wrong };
			expect(() => createAuthenticator(options as BackendOptions)).toThrow(
				expect.not.objectContaining({ message: expect.stringContaining(secret) as string }),
			);
		}
	});
});

describe("requests with one key at once", () => {
	it("share answers, but none that was asked for before they arrived", async () => {
		const server = await introspectionServer();
		const { present } = authenticator(server.url);
		const early = [present(), present(), present(), present()];
		const asked = [...(await server.asked(4))];
		const late = Array.from({ length: 20 }, () => present());
		// The key is revoked here. What was asked before may still say otherwise.
		const [first, ...others] = asked;
		first?.answer(ACTIVE);
		expect(codeOf((await early[0]) as Verdict)).toBe("accepted");
		const question = (await server.asked(5))[4];
		// Arrives after that question, and so takes no part in its answer.
		const later = present();
		question?.answer(INACTIVE);
		for (const verdict of await Promise.all(late)) expect(codeOf(verdict)).toBe("inactive_key");
		(await server.asked(6))[5]?.answer(ACTIVE);
		expect(codeOf(await later)).toBe("accepted");
		for (const { answer } of others) answer(ACTIVE);
		await Promise.all(early);
		expect(server.questions).toHaveLength(6);
	});

	it("do not wait for those with another key", async () => {
		const server = await introspectionServer(({ token, answer }) => token === OTHER_KEY && answer(ACTIVE));
		const { present } = authenticator(server.url);
		const waiting = Array.from({ length: 8 }, () => present());
		await server.asked(4);
		expect(codeOf(await present(OTHER_KEY))).toBe("accepted");
		for (const { token, answer } of server.questions) if (token === KEY) answer(ACTIVE);
		(await server.asked(6))[5]?.answer(ACTIVE);
		for (const verdict of await Promise.all(waiting)) expect(codeOf(verdict)).toBe("accepted");
	});

	it("wait for an answer no longer than they may, nor for one that others wait for", async () => {
		const server = await introspectionServer();
		const { present, errors } = authenticator(server.url, { timeoutSeconds: 0.2 });
		const verdicts = Promise.all(Array.from({ length: 100 }, () => present()));
		await server.asked(4);
		// Most wait for a fifth request. One that arrives now waits longer than they do.
		const later = present(OTHER_KEY).then(() => "later");
		expect(await Promise.race([verdicts, later])).not.toBe("later");
		for (const verdict of await verdicts) expect(codeOf(verdict)).toBe("authentication_unavailable");
		expect(errors.map(({ code }) => code)).toEqual(["timeout"]);
	});
});

describe("the Auxvyn server", () => {
	/** Ends the connection of the second question, as a server does with one that was idle. */
	const closesIdle = () => {
		const seen = new Set<unknown>();
		return ({ request, answer }: Question) => {
			const { socket } = request;
			if (seen.has(socket)) socket.destroy();
			else answer(ACTIVE);
			seen.add(socket);
		};
	};

	it("may close idle connections: the request is sent once more", async () => {
		const { url, questions } = await introspectionServer(closesIdle());
		const { present } = authenticator(url);
		for (let sent = 0; sent < 3; sent += 1) {
			expect(codeOf(await present())).toBe("accepted");
			// The connection is free again.
			await turn();
		}
		expect(questions.length).toBeGreaterThan(3);
	});

	it("is asked only once more", async () => {
		let isUp = true;
		const { url, questions } = await introspectionServer(({ request, answer }) =>
			isUp ? answer(ACTIVE) : void request.socket.destroy(),
		);
		const { present, errors } = authenticator(url);
		expect(codeOf(await present())).toBe("accepted");
		await turn();
		isUp = false;
		expect(codeOf(await present())).toBe("authentication_unavailable");
		expect(questions).toHaveLength(3);
		expect(errors.map(({ code }) => code)).toEqual(["unreachable"]);
	});

	it.each<[string, object | string, number, string]>([
		["without a body", "", 200, "unexpected_answer"],
		["that is no object", "true", 200, "unexpected_answer"],
		["without a key", { active: true, sub: "ws_1", workspace: ACTIVE.workspace }, 200, "unexpected_answer"],
		["of two workspaces", { ...ACTIVE, sub: "ws_2" }, 200, "unexpected_answer"],
		["that is active in other words", { ...ACTIVE, active: "true" }, 200, "unexpected_answer"],
		["that is too long", { ...ACTIVE, more: "x".repeat(100_000) }, 200, "unexpected_answer"],
		["that was created", ACTIVE, 201, "unexpected_answer"],
		["that is inactive, with an error's status", INACTIVE, 500, "unexpected_answer"],
		["that refuses the client", { error: "invalid_client" }, 401, "client_refused"],
		["that found no credentials", { error: "invalid_client" }, 400, "client_refused"],
		["that asks to slow down", {}, 429, "unavailable"],
	])("lets no request in by an answer %s", async (_what, body, status, code) => {
		const { url } = await introspectionServer(({ answer }) => answer(body, status));
		const { present, errors } = authenticator(url);
		expect(await present()).toMatchObject({
			accepted: false,
			refusal: { status: 503, headers: { "retry-after": "1" } },
		});
		expect(errors.map((error) => error.code)).toEqual([code]);
	});

	it("is reported as failing once a minute for each reason, without a key or a secret", async () => {
		vi.useFakeTimers({ toFake: ["performance"] });
		let status = 401;
		const { url } = await introspectionServer(({ token, answer }) => answer(`${token} ${CLIENT.secret}`, status));
		const log = vi.spyOn(console, "error").mockReturnValue();
		const authenticate = createAuthenticator({ server: url, workspace: "ws_1", client: CLIENT });
		const present = async (times: number) => {
			for (let sent = 0; sent < times; sent += 1) await authenticate({ "x-api-key": KEY });
		};
		await present(3);
		status = 500;
		await present(3);
		expect(log.mock.calls).toEqual([
			[expect.stringMatching(/^auxvyn: http:\/\/127\.0\.0\.1:\d+ refuses the client id or secret/)],
			[expect.stringMatching(/answered 500, but not as an Auxvyn server does/)],
		]);
		vi.advanceTimersByTime(60_000);
		await present(3);
		expect(log).toHaveBeenCalledTimes(3);
		expect(JSON.stringify(log.mock.calls)).not.toMatch(/auxvyn_|secret"|bks_/);
	});
});

describe("a cache", () => {
	it("is not there unless it is asked for", async () => {
		const { url, questions } = await introspectionServer(({ answer }) => answer(ACTIVE));
		const { present } = authenticator(url);
		await present();
		await present();
		expect(questions).toHaveLength(2);
	});

	it("accepts a key for as long as it says, counted from when the server was asked", async () => {
		vi.useFakeTimers({ toFake: ["performance"] });
		let answers = ACTIVE as object;
		const { url, questions } = await introspectionServer(({ answer }) => {
			vi.advanceTimersByTime(1_000);
			answer(answers);
		});
		const { present } = authenticator(url, { cacheSeconds: 5 });
		expect(codeOf(await present())).toBe("accepted");
		answers = INACTIVE;
		vi.advanceTimersByTime(3_900);
		expect(codeOf(await present())).toBe("accepted");
		expect(codeOf(await present(OTHER_KEY))).toBe("inactive_key");
		expect(codeOf(await present())).toBe("inactive_key");
		expect(questions).toHaveLength(3);
	});

	it("never keeps a refusal", async () => {
		const { url, questions } = await introspectionServer(({ token, answer }) =>
			answer(token === KEY ? INACTIVE : { ...ACTIVE, sub: "ws_2", workspace: { id: "ws_2", name: "Jo's" } }),
		);
		const { present } = authenticator(url, { cacheSeconds: 300 });
		for (let sent = 0; sent < 2; sent += 1) {
			expect(codeOf(await present())).toBe("inactive_key");
			expect(codeOf(await present(OTHER_KEY))).toBe("wrong_workspace");
		}
		expect(questions).toHaveLength(4);
	});
});
