import { describe, expect, it } from "vitest";

import { foldText } from "../../../server/folded-text.ts";
import type { CreatedBackend, Key, Pairing } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

const DISGUISED = ["a\u202eb", "a\u200bb", "a\u200d", "\u3164"];

/** Every request that stores a text. */
async function storingRequests(server: TestServer, rin: Person, text: string) {
	const { user_code } = await server.startPairing();
	const { id } = await rin.createKey();
	const path = `/api/workspaces/${rin.workspaceId}`;
	const created = await rin.request("POST", `${path}/backends`, { name: "API" });
	const backend = `${path}/backends/${created.json<CreatedBackend>().backend.id}`;
	const origin = { origin: "http://localhost:8787" };
	const account = { name: text, email: `${crypto.randomUUID()}@example.com`, password: "correct horse battery" };
	const approval = { workspaceId: rin.workspaceId, label: text };
	return [
		["label", () => rin.request("POST", `${path}/keys`, { label: text })],
		["label", () => rin.request("PATCH", `${path}/keys/${id}`, { label: text })],
		["label", () => rin.request("POST", `/api/pairings/${user_code}/approve`, approval)],
		["name", () => rin.request("POST", `${path}/backends`, { name: text })],
		["name", () => rin.request("PATCH", backend, { name: text })],
		["name", () => rin.request("POST", "/api/workspaces", { name: text })],
		["name", () => rin.request("PATCH", path, { name: text })],
		["name", () => rin.request("PATCH", "/api/account", { name: text })],
		[
			"name",
			() => server.app.inject({ method: "POST", url: "/api/auth/sign-up/email", headers: origin, payload: account }),
		],
	] as const;
}

describe("a stored text", () => {
	it("that breaks the rule is refused with 400 everywhere, naming the field", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (const text of DISGUISED) {
			for (const [path, store] of await storingRequests(server, rin, text)) {
				const answer = await store();
				expect(answer.statusCode).toBe(400);
				expect(answer.json()).toMatchObject({ errors: [{ path }] });
				expect(answer.body).not.toContain(text);
			}
		}
	});

	it("may contain emoji with joiners and variation selectors", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (const [path, store] of await storingRequests(server, rin, "👩\u200d🚀 ❤\ufe0f")) {
			const answer = await store();
			expect(answer.statusCode, `${path}: ${answer.body}`).toBeLessThan(300);
		}
	});
});

it("U+0000, which PostgreSQL knows in no text, finds nothing, and is no fault of the server", async () => {
	const server = await build();
	const rin = await server.signUp();
	const path = `/api/workspaces/${rin.workspaceId}`;
	const { user_code } = await server.startPairing();
	for (const [method, url, body] of [
		["GET", "/api/workspaces/%00/keys"],
		["GET", `${path}/keys/%00`],
		["GET", `${path}/keys?q=a%00b`],
		["GET", `${path}/activity?person=%00`],
		["DELETE", `${path}/keys/a%00b`],
		["DELETE", "/api/account/sessions/%00"],
		["POST", `${path}/keys`, { label: "Game", replaces: "\u0000" }],
		["POST", `/api/pairings/${user_code}/approve`, { workspaceId: "\u0000", label: "Game" }],
	] as const) {
		expect((await rin.request(method, url, body)).statusCode, url).toBeLessThan(500);
	}
	expect(server.logs.join("")).not.toContain('"level":50');
});

describe("a label from before the rule", () => {
	const OLD = "\u202eOld\u200b";

	it("is shown, found, renamed and revoked like any other", async () => {
		const server = await build();
		const rin = await server.signUp();
		const path = `/api/workspaces/${rin.workspaceId}/keys`;
		const { id, secret } = await rin.createKey();
		const other = await rin.createKey();
		server.db.prepare("UPDATE api_key SET label = ?, label_folded = ?").run(OLD, foldText(OLD));
		expect((await server.whoami(secret)).json()).toMatchObject({ key: { label: OLD } });
		for (const query of ["", `?q=${encodeURIComponent(OLD)}`, "?q=old", "?sort=label"]) {
			const { keys } = (await rin.request("GET", `${path}${query}`)).json<{ keys: Key[] }>();
			expect(keys.map(({ label }) => label)).toEqual([OLD, OLD]);
		}
		expect((await rin.request("GET", `${path}/${id}`)).json()).toMatchObject({ key: { label: OLD } });
		expect((await rin.request("PATCH", `${path}/${id}`, { label: "New" })).statusCode).toBe(200);
		expect((await rin.request("DELETE", `${path}/${id}`)).statusCode).toBe(204);
		expect((await rin.request("DELETE", `${path}/${other.id}`)).statusCode).toBe(204);
	});

	it("does not prevent deleting a workspace by its name", async () => {
		const server = await build();
		const rin = await server.signUp();
		server.db.prepare("UPDATE workspace SET name = ?").run(OLD);
		const path = `/api/workspaces/${rin.workspaceId}`;
		expect((await rin.request("DELETE", path, { name: OLD })).statusCode).toBe(204);
	});
});

describe("a place's name", () => {
	async function reportedName(server: TestServer, rin: Person, place_name: string): Promise<string | null> {
		const { user_code } = await server.startPairing({ place_name });
		const answer = await rin.request("GET", `/api/pairings/${user_code}`);
		return answer.json<Pairing>().reported.placeName;
	}

	it("is shown trimmed if it follows the rule", async () => {
		const server = await build();
		const rin = await server.signUp();
		expect(await reportedName(server, rin, "  Crystal ❤\ufe0f ")).toBe("Crystal ❤\ufe0f");
	});

	it("that breaks the rule is dropped, and the place still connects; one that contains a key is refused", async () => {
		const server = await build({ env: { LOG_LEVEL: "trace" } });
		const rin = await server.signUp();
		const key = `auxvyn_${"0".repeat(60)}`;
		for (const name of [...DISGUISED, "a\u0007", "\u202e".repeat(200), " "]) {
			expect(await reportedName(server, rin, name)).toBeNull();
		}
		for (const name of [`Shop ${key}`, key.toUpperCase(), key.replace("00", "0\ufe0f0"), `\u202e${key}`]) {
			const form = new URLSearchParams({ client_id: "auxvyn-studio", place_name: name });
			const refused = await server.form("/oauth/device_authorization", form.toString());
			expect([refused.statusCode, refused.json()]).toMatchObject([400, { error: "invalid_request" }]);
			expect(refused.body).toContain("revoke that key");
			expect(refused.body.toLowerCase()).not.toContain("0".repeat(20));
		}
		const { access_token } = await server.pair(rin, { place_name: "\u202eelpmis", place_id: "7" });
		expect((await server.whoami(access_token)).statusCode).toBe(200);
		const kept = Buffer.concat([await server.dataBytes(), Buffer.from(server.logs.join(""))]).toString("latin1");
		expect(kept.toLowerCase()).not.toContain(key);
		expect(kept).not.toContain("elpmis");
	});
});
