import { expect, it } from "vitest";

import type { KeyDetails } from "../../../shared/wire.ts";
import { build, type Person } from "../helper.ts";
import { newest } from "../people/helper.ts";

async function keyOf(person: Person, id: string) {
	const response = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys/${id}`);
	return response.json<KeyDetails>().key;
}

it("revoking a key again changes neither when nor why it was revoked, and is recorded once", async () => {
	const server = await build();
	const rin = await server.signUp();
	const { id, secret } = await rin.createKey();
	await server.form("/oauth/revoke", { token: secret });
	const revoked = await keyOf(rin, id);
	server.clock.advance(60);
	const again = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
	expect(again.statusCode).toBe(204);
	expect(await keyOf(rin, id)).toEqual(revoked);
	expect(revoked).toMatchObject({ revokedReason: "holder", revokedBy: null });
	expect((await newest(rin, 10)).filter(({ kind }) => kind === "key.revoked")).toHaveLength(1);
});

it("renaming a key to its own label is not recorded", async () => {
	const server = await build();
	const rin = await server.signUp();
	const { id } = await rin.createKey("Production");
	const renamed = await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/${id}`, { label: "Production" });
	expect(renamed.json()).toMatchObject({ key: { label: "Production" } });
	expect((await newest(rin, 10)).map(({ kind }) => kind)).not.toContain("key.renamed");
});
