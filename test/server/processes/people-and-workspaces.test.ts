import { expect, it } from "vitest";

import type { InvitationOffer, People, Workspace } from "../../../shared/wire.ts";
import { type RemotePerson, signUpAt } from "../person.ts";
import { twoProcesses } from "../two-processes.ts";

const ROUNDS = 15;

const servers = twoProcesses();

async function peopleOf(person: RemotePerson, path: string): Promise<People> {
	return (await (await person.request("GET", path)).json()) as People;
}

it("two owners who leave on two processes at the same moment leave one owner", async () => {
	const { one, other } = servers;
	const rin = await signUpAt(one.url);
	const jo = await signUpAt(other.url, "Jo");
	for (let round = 0; round < ROUNDS; round++) {
		const created = await rin.request("POST", "/api/workspaces", { name: `Round ${round}` });
		const { workspace } = (await created.json()) as { workspace: Workspace };
		const path = `/api/workspaces/${workspace.id}`;
		const invited = await rin.request("POST", `${path}/invitations`, { role: "admin" });
		const token = new URL(((await invited.json()) as { link: string }).link).hash.slice(1);
		const offer = (await (await jo.request("POST", "/api/invitations/look", { token })).json()) as InvitationOffer;
		expect(offer.workspace.id).toBe(workspace.id);
		expect((await jo.request("POST", "/api/invitations/accept", { token })).status).toBe(200);
		const { people } = await peopleOf(rin, `${path}/people`);
		const [rinUrl, joUrl] = people.map((person) => `${path}/people/${person.id}`);
		await rin.request("PATCH", String(joUrl), { role: "owner" });
		const left = await Promise.all([rin.request("DELETE", String(rinUrl)), jo.request("DELETE", String(joUrl))]);
		expect(left.map((answer) => answer.status).sort()).toEqual([204, 409]);
		const stays = left[0].status === 409 ? rin : jo;
		expect((await peopleOf(stays, `${path}/people`)).people).toMatchObject([{ role: "owner" }]);
	}
});

it("a key is refused on another process from the first request after its workspace was deleted", async () => {
	const { one, other } = servers;
	const rin = await signUpAt(one.url);
	const { secret } = await rin.createKey("Production");
	const whoami = () => fetch(`${other.url}/v1/whoami`, { headers: { "x-api-key": secret } });
	expect((await whoami()).status).toBe(200);
	expect((await whoami()).status).toBe(200);
	const deleted = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}`, { name: "Rin's workspace" });
	expect(deleted.status).toBe(204);
	const refused = await whoami();
	expect(refused.status).toBe(401);
	expect(await refused.json()).toMatchObject({ code: "revoked_key" });
});
