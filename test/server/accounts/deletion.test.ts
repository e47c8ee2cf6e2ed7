import { expect, it } from "vitest";

import { build } from "../helper.ts";
import { join, peopleOf } from "../people/helper.ts";

const PASSWORD = { password: "correct horse battery" };

it("deleting an account ends the keys of workspaces in which nobody else is, and no others", async () => {
	const server = await build();
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, "admin");
	const alone = await jo.createKey("In Jo's own workspace");
	const made = await jo.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "In Rin's" });
	const { secret } = made.json<{ secret: string }>();
	const unsealed = await server.pair(jo, {}, { workspaceId: rin.workspaceId });
	for (const key of [alone.secret, secret]) expect((await server.whoami(key)).statusCode).toBe(200);
	expect((await jo.request("POST", "/api/account/delete", PASSWORD)).statusCode).toBe(204);
	const refused = (await server.whoami(alone.secret)).json<{ code: string; detail: string }>();
	expect(refused.code).toBe("revoked_key");
	expect(refused.detail).toContain("its workspace was deleted");
	expect((await server.whoami(unsealed.access_token)).json()).toMatchObject({ code: "revoked_key" });
	expect((await server.whoami(secret)).statusCode).toBe(200);
	expect((await peopleOf(rin)).people).toMatchObject([{ name: "Rin" }]);
});
