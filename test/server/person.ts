import { randomBytes } from "node:crypto";

import type { CreatedKey, WorkspaceList } from "../../shared/wire.ts";

const PASSWORD = "correct horse battery";

/** A signed-in person over real HTTP. */
export interface RemotePerson {
	email: string;
	workspaceId: string;
	cookie(): string;
	request(method: string, path: string, body?: unknown): Promise<Response>;
	createKey(label: string): Promise<CreatedKey>;
	approve(userCode: string, approval?: Record<string, unknown>): Promise<Response>;
}

/** Signs up at the server behind `url`, whose PUBLIC_URL is `origin`. `setup`: the token of a set-up link. */
export async function signUpAt(url: string, name = "Rin", origin = url, setup?: string): Promise<RemotePerson> {
	const email = `${name.toLowerCase()}-${randomBytes(4).toString("hex")}@example.com`;
	const stranger = personWith({ url, origin, email, workspaceId: "", cookie: "" });
	const body = { name, email, password: PASSWORD, ...(setup !== undefined && { setup }) };
	const created = await stranger.request("POST", "/api/auth/sign-up/email", body);
	if (created.status !== 200) throw new Error(`Sign-up answered ${created.status}: ${await created.text()}`);
	const cookie = cookiesOf(created);
	const list = await personWith({ url, origin, email, workspaceId: "", cookie }).request("GET", "/api/workspaces");
	const workspaceId = ((await list.json()) as WorkspaceList).workspaces[0]?.id ?? "";
	return personWith({ url, origin, email, workspaceId, cookie });
}

interface Identity {
	url: string;
	origin: string;
	email: string;
	workspaceId: string;
	cookie: string;
}

function personWith({ url, origin, email, workspaceId, cookie }: Identity): RemotePerson {
	const request: RemotePerson["request"] = (method, path, body) =>
		fetch(`${url}${path}`, {
			method,
			headers: { origin, cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	return {
		email,
		workspaceId,
		cookie: () => cookie,
		request,
		async createKey(label) {
			const answer = await request("POST", `/api/workspaces/${workspaceId}/keys`, { label });
			if (answer.status !== 201) throw new Error(`No key was created: ${answer.status}`);
			return (await answer.json()) as CreatedKey;
		},
		approve: (userCode, approval = {}) =>
			request("POST", `/api/pairings/${userCode}/approve`, { workspaceId, label: "From Studio", ...approval }),
	};
}

/** Makes the other person an admin of one of the owner's workspaces. */
export async function addAdmin(owner: RemotePerson, other: RemotePerson, workspaceId: string): Promise<void> {
	const invited = await owner.request("POST", `/api/workspaces/${workspaceId}/invitations`, { role: "admin" });
	const token = new URL(((await invited.json()) as { link: string }).link).hash.slice(1);
	const accepted = await other.request("POST", "/api/invitations/accept", { token });
	if (accepted.status !== 200) throw new Error(`The invitation was not accepted: ${accepted.status}`);
}

function cookiesOf(answer: Response): string {
	return answer.headers
		.getSetCookie()
		.map((each) => each.split(";")[0])
		.join("; ");
}

/** Signs in again, at a server that may have been started anew on another port. */
export async function signInAt(url: string, { email, workspaceId }: RemotePerson): Promise<RemotePerson> {
	const answer = await fetch(`${url}/api/auth/sign-in/email`, {
		method: "POST",
		headers: { origin: url, "content-type": "application/json" },
		body: JSON.stringify({ email, password: PASSWORD }),
	});
	if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`);
	return personWith({ url, origin: url, email, workspaceId, cookie: cookiesOf(answer) });
}

/** The session's cookie, for a browser. */
export function sessionCookie(person: Pick<RemotePerson, "cookie">): { name: string; value: string } {
	const [, name = "", value = ""] = /([\w.-]+\.session_token)=([^;]+)/.exec(person.cookie()) ?? [];
	return { name, value };
}
