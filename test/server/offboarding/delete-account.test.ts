import { expect, it } from "vitest";

import type { PasswordHash } from "../../../server/accounts/passwords/hashing.ts";
import { build } from "../helper.ts";
import { join, newest, peopleOf } from "../people/helper.ts";
import { quickHash } from "../quick-hash.ts";

const PASSWORD = { password: "correct horse battery" };

it("deleting an account revokes only the keys of workspaces without other members", async () => {
	const server = await build();
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, "admin");
	const own = await jo.createKey("In Jo's own workspace");
	const created = await jo.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "In Rin's" });
	const { secret } = created.json<{ secret: string }>();
	const unsealed = await server.pair(jo, {}, { workspaceId: rin.workspaceId });
	for (const key of [own.secret, secret]) expect((await server.whoami(key)).statusCode).toBe(200);
	expect((await jo.request("POST", "/api/account/delete", PASSWORD)).statusCode).toBe(204);
	const refused = (await server.whoami(own.secret)).json<{ code: string; detail: string }>();
	expect(refused.code).toBe("revoked_key");
	expect(refused.detail).toContain("its workspace was deleted");
	expect((await server.whoami(unsealed.access_token)).json()).toMatchObject({ code: "revoked_key" });
	expect((await server.whoami(secret)).statusCode).toBe(200);
	expect((await peopleOf(rin)).people).toMatchObject([{ name: "Rin" }]);
});

it("deleting an account requires the password, ends sign-in and clears the cookie", async () => {
	const server = await build();
	const rin = await server.signUp("Rin");
	const wrong = await rin.request("POST", "/api/account/delete", { password: "wrong horse battery" });
	expect([wrong.statusCode, wrong.json()]).toMatchObject([
		403,
		{ code: "wrong_password", errors: [{ path: "password" }] },
	]);
	const deleted = await rin.request("POST", "/api/account/delete", PASSWORD);
	expect(deleted.statusCode).toBe(204);
	expect(deleted.cookies).toContainEqual(
		expect.objectContaining({ name: "auxvyn.session_token", value: "", maxAge: 0 }),
	);
	expect((await rin.request("GET", "/api/workspaces")).statusCode).toBe(401);
	for (const table of ["user", "session", "account", "member", "password_reset"]) {
		expect(server.db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get(), table).toBe(0);
	}
	const again = { name: "Rin", email: rin.email, password: PASSWORD.password };
	const headers = { origin: "http://localhost:8787" };
	const anew = await server.app.inject({ method: "POST", url: "/api/auth/sign-up/email", headers, payload: again });
	expect(anew.statusCode).toBe(200);
});

it("an account that is the only owner of shared workspaces is not deleted, and the error names them", async () => {
	const server = await build();
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, "admin");
	const kept = await rin.createKey();
	await rin.request("POST", "/api/workspaces", { name: "Only Rin's" });
	const refused = await rin.request("POST", "/api/account/delete", PASSWORD);
	expect([refused.statusCode, refused.json()]).toMatchObject([
		409,
		{ code: "last_owner", detail: expect.stringContaining("in “Rin's workspace”,") as string },
	]);
	expect((await rin.request("GET", "/api/workspaces")).json<{ workspaces: [] }>().workspaces).toHaveLength(2);
	expect((await server.whoami(kept.secret)).statusCode).toBe(200);

	await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/people/${jo.accountId}`, { role: "owner" });
	expect((await rin.request("POST", "/api/account/delete", PASSWORD)).statusCode).toBe(204);
	expect((await server.whoami(kept.secret)).statusCode).toBe(200);
	const list = await jo.request("GET", `/api/workspaces/${rin.workspaceId}/keys`);
	expect(list.json()).toMatchObject({ keys: [{ id: kept.id, createdBy: null, state: "active" }] });
	const [left] = await newest({ ...jo, workspaceId: rin.workspaceId }, 1);
	expect(left).toMatchObject({
		kind: "person.left",
		actor: { id: rin.accountId, name: "Rin", left: true },
		person: { id: rin.accountId, name: "Rin", left: true },
	});
});

it("a sign-in fails if the account is deleted in the meantime", async () => {
	const verifying = Promise.withResolvers<undefined>();
	const resume = Promise.withResolvers<undefined>();
	let slow = false;
	const verify: PasswordHash["verify"] = async (given) => {
		if (slow) {
			slow = false;
			verifying.resolve(undefined);
			await resume.promise;
		}
		return quickHash.verify(given);
	};
	const server = await build({ passwordHash: { ...quickHash, verify } });
	const rin = await server.signUp("Rin");
	slow = true;
	const headers = { origin: "http://localhost:8787" };
	const payload = { email: rin.email, ...PASSWORD };
	const late = server.app.inject({ method: "POST", url: "/api/auth/sign-in/email", headers, payload });
	const answered = late.then(({ statusCode, cookies }) => ({ statusCode, cookies }));
	await verifying.promise;
	expect((await rin.request("POST", "/api/account/delete", PASSWORD)).statusCode).toBe(204);
	resume.resolve(undefined);
	expect(await answered).toEqual({ statusCode: 401, cookies: [] });
});
