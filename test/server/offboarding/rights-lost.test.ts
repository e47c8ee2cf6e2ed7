import { expect, it } from "vitest";

import { passwordHashOf } from "../../../server/accounts/passwords/passwords.store.ts";
import { deleteAccount } from "../../../server/offboarding/delete-account.store.ts";
import { deleteWorkspace } from "../../../server/offboarding/delete-workspace.store.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { join, team } from "../people/helper.ts";

function actor({ accountId }: Person) {
	return { accountId, address: "127.0.0.1" };
}

async function proofOf({ app, db }: TestServer, { accountId }: Person) {
	const sessionId = db.prepare('SELECT id FROM session WHERE "userId" = ?').pluck().get(accountId) as string;
	const hash = (await app.storage.read(passwordHashOf, { accountId })) ?? "";
	return { sessionId, accountId, hash, field: "password" };
}

it("an account is not deleted if its session or password ended after the password was verified", async () => {
	const server = await build();
	const rin = await server.signUp();
	const proof = await proofOf(server, rin);
	const { storage } = server.app;
	const stale = { ...proof, hash: "an earlier password's" };
	await expect(storage.write(deleteAccount, { actor: actor(rin), proof: stale })).rejects.toMatchObject({
		code: "wrong_password",
	});
	await rin.request("POST", "/api/auth/sign-out", {});
	await expect(storage.write(deleteAccount, { actor: actor(rin), proof })).rejects.toMatchObject({
		code: "no_session",
	});
	expect(server.db.prepare('SELECT count(*) FROM "user"').pluck().get()).toBe(1);
});

it("a workspace is not deleted by someone who stopped being an owner after the request was checked", async () => {
	const { server, rin, jo } = await team("admin");
	const deletion = { actor: actor(jo), workspaceId: rin.workspaceId, name: "Rin's workspace" };
	await expect(server.app.storage.write(deleteWorkspace, deletion)).rejects.toMatchObject({ code: "forbidden" });
	expect((await rin.request("GET", "/api/workspaces")).json()).toMatchObject({ workspaces: [{ id: rin.workspaceId }] });
});

it("a workspace's pairings end with it, so that no key can be derived from them any more", async () => {
	const server = await build();
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, "admin");
	const codes = [await server.startPairing(), await server.startPairing()];
	for (const { user_code } of codes) {
		const answer = { workspaceId: rin.workspaceId, label: "One" };
		expect((await jo.request("POST", `/api/pairings/${user_code}/approve`, answer)).statusCode).toBe(200);
	}
	await server.poll(codes[0]?.device_code ?? "");
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}`, { name: "Rin's workspace" });
	expect(server.db.prepare("SELECT status, salt FROM pairing").all()).toEqual([
		{ status: "denied", salt: null },
		{ status: "denied", salt: null },
	]);
});
