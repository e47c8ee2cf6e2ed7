import { describe, expect, it, test } from "vitest";

import { examineRetirements } from "../../../server/keys/retire/examine.store.ts";
import { findLineage } from "../../../server/keys/rotate/lineage.store.ts";
import type { Key } from "../../../shared/wire.ts";
import { join, newest } from "../people/helper.ts";
import { type Game, gameHeaders, type GameServer, type KeyInGame, PLACE, startGame } from "./game.ts";

/** From the beginning of a stretch in which the old key was used until six more have passed. */
const HALF_HOUR = 35;

/** A game whose old key, used for the last time as a stretch begins, is being retired. */
async function startRetirement() {
	const game = await startGame();
	game.passToStretch();
	game.server.clock.advance(10);
	const after = await game.open(game.next, 42);
	const before = await game.open(game.old, 41);
	await game.close(before);
	await game.retire();
	return { game, before, after };
}

const keysOf = ({ rin }: Game): string => `/api/workspaces/${rin.workspaceId}/keys`;

async function replace(game: Game, replaces: string): Promise<KeyInGame> {
	const answer = await game.rin.request("POST", keysOf(game), { label: "Next", replaces });
	const { key, secret } = answer.json<{ key: Key; secret: string }>();
	return { id: key.id, secret };
}

async function revoke(game: Game, { id }: KeyInGame): Promise<void> {
	expect((await game.rin.request("DELETE", `${keysOf(game)}/${id}`)).statusCode).toBe(204);
}

describe("a second rotation of the same place meanwhile", () => {
	it("counts as use of the new key, so that the old one is revoked by what replaced the new one in turn", async () => {
		const { game, before } = await startRetirement();
		await game.close(await game.open(game.old, 42));
		const third = await replace(game, game.next.id);
		const latest = await game.open(third, 43);
		await game.pass(HALF_HOUR - 5, latest);
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(5, latest);
		expect(await game.isRevoked()).toBe(true);
		expect((await game.key(game.next.id)).state).toBe("active");
		expect(await game.send(before)).toBe(401);
	});

	it("is one, too, where the new key is retired in favor of a key that was not made to replace it", async () => {
		const { game, after } = await startRetirement();
		const third = await game.rin.createKey("Third");
		const path = `${keysOf(game)}/${game.next.id}/retire`;
		expect((await game.rin.request("POST", path, { replacedBy: third.id })).statusCode).toBe(200);
		await game.close(after);
		const latest = await game.open(third, 43);
		await game.pass(HALF_HOUR, latest);
		expect(await game.isRevoked()).toBe(true);
	});

	it("goes on where the new key is revoked", async () => {
		const { game, after } = await startRetirement();
		const third = await replace(game, game.next.id);
		await game.close(after);
		const latest = await game.open(third, 43);
		await revoke(game, game.next);
		await game.pass(HALF_HOUR, latest);
		expect(await game.isRevoked()).toBe(true);
	});

	it("may be one of very many, of which the latest count, so that looking at them takes no time", async () => {
		const { game } = await startRetirement();
		for (let count = 0; count < 110; count += 1) {
			game.server.clock.advance(1);
			await replace(game, game.next.id);
		}
		game.server.clock.advance(1);
		const latest = await replace(game, game.next.id);
		await replace(game, latest.id);
		const line = await game.server.app.storage.scan(findLineage, { keyId: game.old.id, replacedBy: game.next.id });
		expect(line).toHaveLength(100);
		expect(line.slice(0, 2)).toEqual([game.next.id, latest.id]);
	});

	it("revokes each key on its own", async () => {
		const { game, after } = await startRetirement();
		const third = await replace(game, game.next.id);
		const path = `${keysOf(game)}/${game.next.id}/retire`;
		expect((await game.rin.request("POST", path, { replacedBy: third.id })).statusCode).toBe(200);
		const latest = await game.open(third, 43);
		await game.pass(HALF_HOUR, after, latest);
		expect(await game.isRevoked()).toBe(true);
		expect((await game.key(game.next.id)).state).toBe("active");
		await game.close(after);
		await game.pass(HALF_HOUR + 5, latest);
		await game.examine();
		expect(await game.key(game.next.id)).toMatchObject({ state: "revoked", revokedReason: "retired" });
	});

	it("counts only if it replaces the new key, not if it replaces the old one as well", async () => {
		const { game, after } = await startRetirement();
		const third = await replace(game, game.old.id);
		await game.close(after);
		const other = await game.open(third, 43);
		await game.pass(HALF_HOUR, other);
		expect(await game.waitsFor()).toEqual(["silence"]);
	});
});

describe("a new key that is revoked", () => {
	it("revokes nothing: the retirement asks", async () => {
		const { game, after } = await startRetirement();
		await game.pass(HALF_HOUR - 1, after);
		expect(await game.waitsFor()).toEqual(["silence"]);
		await revoke(game, game.next);
		await game.pass(2);
		await game.examine();
		expect(await game.key()).toMatchObject({ state: "active" });
		expect(await game.retirement()).toMatchObject({
			state: "asking",
			waitingFor: [
				{ code: "no_newer_version", placeVersion: 41 },
				{ code: "no_newer_version", placeId: null },
			],
		});
		const third = await replace(game, game.old.id);
		const answer = await game.rin.request("POST", `${keysOf(game)}/${game.old.id}/retire`, { replacedBy: third.id });
		expect(answer.json()).toMatchObject({ key: { retirement: { state: "waiting", replacedBy: { id: third.id } } } });
		const latest = await game.open(third, 43);
		await game.pass(HALF_HOUR, latest);
		expect(await game.isRevoked()).toBe(true);
	});
});

describe("a retirement", () => {
	it("of a key that was refused with its maker holds up no other", async () => {
		const { game, after } = await startRetirement();
		const { rin, server } = game;
		for (let count = 0; count < 20; count += 1) await rin.createKey("Of another");
		server.db.exec(`
			UPDATE api_key SET created_by = 'another' WHERE label = 'Of another';
			INSERT INTO retirement
			SELECT k.id, r.replaced_by, r.since, r.begun_by, r.state, r.silent, r.counted_to - 1, r.last_used_at, -1, 0
			FROM retirement AS r CROSS JOIN api_key AS k WHERE k.label = 'Of another';
			INSERT INTO revoked_maker (workspace_id, maker_id, at) SELECT workspace_id, 'another', max(created_at) FROM api_key;
		`);
		await game.pass(HALF_HOUR, after);
		await server.app.usage.flush();
		for (let step = 0; step < 3; step += 1) await server.app.storage.write(examineRetirements, undefined);
		expect((await game.key()).state).toBe("revoked");
	});

	it("can be cancelled to the last moment, and begun again", async () => {
		const { game, before, after } = await startRetirement();
		await game.pass(HALF_HOUR, after);
		expect(await game.keep()).toMatchObject({ state: "active", retirement: null });
		expect(await game.keep()).toMatchObject({ retirement: null });
		expect(await game.isRevoked()).toBe(false);
		expect(await game.send(before)).toBe(200);
		await game.close(before);
		await game.retire();
		expect(await game.waitsFor()).toEqual(["silence"]);
		await game.pass(HALF_HOUR + 5, after);
		expect(await game.isRevoked()).toBe(true);
		const kinds = (await newest(game.rin, 4)).map(({ kind }) => kind);
		expect(kinds).toEqual(["key.revoked", "key.retirement_began", "key.retirement_cancelled", "key.retirement_began"]);
	});

	it("that was begun is not begun again by the same request", async () => {
		const { game, after } = await startRetirement();
		const { since } = await game.retirement();
		await game.pass(10, after);
		expect((await game.retire()).retirement).toMatchObject({ since });
	});

	it("is not taken back once the key is revoked", async () => {
		const { game, after } = await startRetirement();
		await game.pass(HALF_HOUR, after);
		expect(await game.isRevoked()).toBe(true);
		const path = `${keysOf(game)}/${game.old.id}/retire`;
		for (const method of ["POST", "DELETE"] as const) {
			const answer = await game.rin.request(method, path, method === "POST" ? { replacedBy: game.next.id } : undefined);
			expect(answer.statusCode).toBe(409);
			expect(answer.json()).toMatchObject({ code: "already_revoked" });
		}
	});

	const refusing: [string, (game: Game) => Promise<string> | string][] = [
		["the key itself", ({ old }) => old.id],
		["an unknown key", () => "key_unknown"],
		["a revoked key", async (game) => (await revoke(game, game.next), game.next.id)],
		["a key of another workspace", async ({ server }) => (await (await server.signUp("Kim")).createKey()).id],
		["a key that was issued, and never used", async ({ server, rin }) => (await server.pair(rin)).key.id],
	];
	test.each(refusing)("in favor of %s is refused", async (_name, successorOf) => {
		const game = await startGame();
		const replacedBy = await successorOf(game);
		const answer = await game.rin.request("POST", `${keysOf(game)}/${game.old.id}/retire`, { replacedBy });
		expect(answer.statusCode).toBe(409);
		expect(answer.json()).toMatchObject({ code: "not_a_successor" });
		expect(await game.key()).toMatchObject({ state: "active", retirement: null });
	});

	it("is for those who may manage keys, of a key of their workspace", async () => {
		const game = await startGame();
		const member = await game.server.signUp("Jo");
		join(game.server, member, game.rin.workspaceId, "member");
		const stranger = await game.server.signUp("Kim");
		const path = `${keysOf(game)}/${game.old.id}/retire`;
		const elsewhere = `/api/workspaces/${stranger.workspaceId}/keys/${game.old.id}/retire`;
		const body = { replacedBy: game.next.id };
		for (const method of ["POST", "DELETE"] as const) {
			const payload = method === "POST" ? body : undefined;
			expect((await member.request(method, path, payload)).statusCode).toBe(403);
			expect((await stranger.request(method, path, payload)).statusCode).toBe(404);
			expect((await stranger.request(method, elsewhere, payload)).statusCode).toBe(404);
			expect((await game.rin.request(method, `${keysOf(game)}/key_unknown/retire`, payload)).statusCode).toBe(404);
		}
		expect((await game.rin.request("POST", path, {})).statusCode).toBe(400);
		expect(await game.key()).toMatchObject({ retirement: null });
	});
});

describe("retiring at approval", () => {
	const RECONNECT = { intent: "reconnect" };
	const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

	it("begins with the new key's first use, and revokes the old one by the same rule", async () => {
		const game = await startGame();
		game.passToStretch();
		game.server.clock.advance(10);
		const { server, rin, old } = game;
		const before = await game.open(old, 41);
		const { access_token: secret, key } = await server.pair(
			rin,
			RECONNECT,
			{ previousKey: "retire" },
			bearer(old.secret),
		);
		expect(await game.key()).toMatchObject({ retirement: null });
		const after: GameServer = { ...before, jobId: crypto.randomUUID(), version: 42, key: { id: key.id, secret } };
		expect(await game.send(after)).toBe(200);
		expect(await game.retirement()).toMatchObject({ state: "waiting", replacedBy: { id: key.id } });
		await game.pass(HALF_HOUR, before, after);
		expect(await game.waitsFor()).toEqual(["in_use 41"]);
		await game.close(before);
		await game.pass(HALF_HOUR + 5, after);
		expect(await game.isRevoked()).toBe(true);
	});

	it("is refused where the client did not prove to hold the old key", async () => {
		const game = await startGame();
		const { server, rin, old } = game;
		const { user_code } = await server.startPairing({ ...RECONNECT, key_id: old.id });
		const body = { workspaceId: rin.workspaceId, label: "New", previousKey: "retire" };
		const answer = await rin.request("POST", `/api/pairings/${user_code}/approve`, body);
		expect(answer.statusCode).toBe(409);
		expect(answer.json()).toMatchObject({ code: "previous_key_unproven" });
	});

	it("does not begin where the new key is never used", async () => {
		const game = await startGame();
		const { server, rin, old } = game;
		await server.pair(rin, RECONNECT, { previousKey: "retire" }, bearer(old.secret));
		server.clock.advance(3600);
		expect(await game.key()).toMatchObject({ state: "active", retirement: null });
		expect(
			(await server.whoami(old.secret, gameHeaders({ jobId: crypto.randomUUID(), place: PLACE, version: 1 })))
				.statusCode,
		).toBe(200);
	});
});
