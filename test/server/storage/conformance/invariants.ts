import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { countKeys } from "../../../../server/keys/manage/key-list.store.ts";
import { insertKey, revokeKey } from "../../../../server/keys/manage/key-writes.store.ts";
import { revokeKeyAsMember } from "../../../../server/keys/manage/member-actions.store.ts";
import { changeRole, endMembership } from "../../../../server/offboarding/members.store.ts";
import { approvePairing } from "../../../../server/pairing/approval.store.ts";
import { deliver } from "../../../../server/pairing/deliver.ts";
import { deviceCodeHash, newDeviceCode } from "../../../../server/pairing/device-code.ts";
import { startPairing } from "../../../../server/pairing/start.store.ts";
import { signUp } from "../../../../server/people/sign-up.store.ts";
import type { Storage } from "../../../../server/storage/storage.ts";
import { listWorkspaces } from "../../../../server/workspaces/workspace.store.ts";
import { runSql } from "../probes.store.ts";
import type { Engine, TestDatabase } from "./engine.ts";
import { newKey, NO_ACTOR } from "./new-key.ts";

const NOBODY = { address: "127.0.0.1", agent: null, isForwarded: false };

async function signedUp(storage: Storage, name: string) {
	const id = randomBytes(8).toString("hex");
	const account = { id, credentialId: `${id}-password`, name, email: `${name}-${id}@example.com` };
	await storage.write(signUp, { ...account, passwordHash: "hash", tokenHash: null });
	const [workspace] = await storage.scan(listWorkspaces, { accountId: id });
	if (workspace === undefined) throw new Error("The account was created without a workspace.");
	return { accountId: id, address: null, workspaceId: workspace.id };
}

async function twoStorages(database: TestDatabase): Promise<[Storage, Storage]> {
	return [await database.open(), await database.open()];
}

export function invariants(engine: Engine): void {
	describe(`${engine.name}: with several processes writing at once`, () => {
		it("a workspace keeps an owner", async () => {
			const [here, there] = await twoStorages(await engine.create());
			const rin = await signedUp(here, "rin");
			const jo = await signedUp(here, "jo");
			const { workspaceId } = rin;
			await here.write(runSql, {
				text: `INSERT INTO member VALUES ('${workspaceId}', '${jo.accountId}', 'owner', 0)`,
			});
			const left = await Promise.allSettled([
				here.write(endMembership, { actor: rin, workspaceId, accountId: rin.accountId, revokeKeys: false }),
				there.write(changeRole, { actor: jo, workspaceId, accountId: jo.accountId, role: "member" }),
			]);
			expect(left.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
			expect(left.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "last_owner" } });
		});

		it("a pairing delivers one key, the same one to every poll", async () => {
			const storages = await twoStorages(await engine.create());
			const [here] = storages;
			const rin = await signedUp(here, "rin");
			const deviceCode = newDeviceCode();
			const reported = {
				placeId: "7",
				universeId: null,
				placeName: null,
				studioUserId: null,
				keyId: null,
				pluginVersion: null,
			};
			const userCode = await here.write(startPairing, {
				reported: { intent: "connect", ...reported },
				...{ requester: NOBODY, provenKeyId: null },
				deviceCodeHash: deviceCodeHash(deviceCode),
				ttlSeconds: 600,
			});
			const approver = { accountId: rin.accountId, address: "127.0.0.1", isForwarded: false };
			await here.write(approvePairing, {
				opening: { approver, userCode, limitScale: 0 },
				answer: { workspaceId: rin.workspaceId, label: "Lobby", previousKey: "keep" },
				ttlSeconds: 600,
			});
			const polls = Array.from({ length: 20 }, (_, index) => deliver(storages[index % 2] ?? here, deviceCode, NOBODY));
			const delivered = await Promise.all(polls);
			const keys = delivered.map((each) => (each.outcome === "issued" ? `${each.key.id} ${each.key.secret}` : each));
			expect(new Set(keys).size).toBe(1);
			expect(await here.scan(countKeys, { workspaceId: rin.workspaceId })).toEqual({ active: 1, revoked: 0 });
		});

		it("keys are counted as they are created, revoked and deleted", async () => {
			const [here, there] = await twoStorages(await engine.create());
			const rin = await signedUp(here, "rin");
			const { workspaceId } = rin;
			const keys = Array.from({ length: 20 }, () => newKey(workspaceId));
			await Promise.all(keys.map((key, index) => (index % 2 === 0 ? here : there).write(insertKey, key)));
			await Promise.all([
				...keys.slice(0, 5).map(({ id: keyId }) => there.write(revokeKeyAsMember, { actor: rin, workspaceId, keyId })),
				// The same key twice: the second revocation has nothing to do.
				...[5, 5].map((place) => {
					const keyId = keys[place]?.id ?? "";
					return here.write(revokeKey, { actor: NO_ACTOR, keyId, reason: "holder" });
				}),
			]);
			expect(await here.scan(countKeys, { workspaceId })).toEqual({ active: 14, revoked: 6 });
			await here.write(runSql, { text: `DELETE FROM api_key WHERE id = '${keys[0]?.id ?? ""}'` });
			expect(await there.scan(countKeys, { workspaceId })).toEqual({ active: 14, revoked: 5 });
		});

		it("an e-mail address has at most one account", async () => {
			const [here, there] = await twoStorages(await engine.create());
			const account = (id: string) => ({
				...{ id, credentialId: `${id}-password`, name: "Rin", email: "rin@example.com" },
				...{ passwordHash: "hash", tokenHash: null },
			});
			const results = await Promise.allSettled([here.write(signUp, account("a")), there.write(signUp, account("b"))]);
			expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
		});
	});

	describe(`${engine.name}: the database itself refuses`, () => {
		it.each([
			["to delete a workspace that has keys", "foreign_key", "DELETE FROM workspace"],
			["a pairing that has ended without a time", "check", "UPDATE pairing SET status = 'denied'"],
			["a salt in a pairing that was not approved", "check", "UPDATE pairing SET salt = device_code_hash"],
			[
				"a salt of the wrong length",
				"check",
				"UPDATE pairing SET status = 'approved', salt = (SELECT value FROM authentication_epoch)",
			],
			["to revoke a key that nobody proved", "check", "UPDATE pairing SET previous_key_fate = 'revoke'"],
			["an unused key without a deadline", "check", "UPDATE api_key SET sealed_at = NULL, confirm_by = NULL"],
			["an epoch of the wrong length", "check", "UPDATE authentication_epoch SET value = (SELECT digest FROM api_key)"],
		])("%s", async (_, code, text) => {
			const storage = await (await engine.create()).open();
			const rin = await signedUp(storage, "rin");
			await storage.write(insertKey, newKey(rin.workspaceId));
			await storage.write(startPairing, {
				reported: {
					intent: "connect",
					placeId: null,
					universeId: null,
					placeName: null,
					studioUserId: null,
					keyId: null,
					pluginVersion: null,
				},
				...{ requester: NOBODY, provenKeyId: null },
				deviceCodeHash: deviceCodeHash(newDeviceCode()),
				ttlSeconds: 600,
			});
			await expect(storage.write(runSql, { text })).rejects.toMatchObject({ name: "StorageError", code });
		});
	});
}
