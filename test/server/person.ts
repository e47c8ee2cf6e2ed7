import { randomBytes } from "node:crypto";

import type { CreatedKey, WorkspaceList } from "../../shared/wire.ts";

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
	let cookie = "";
	const request: RemotePerson["request"] = (method, path, body) =>
		fetch(`${url}${path}`, {
			method,
			headers: { origin, cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	const body = { name, email, password: "correct horse battery", ...(setup !== undefined && { setup }) };
	const created = await request("POST", "/api/auth/sign-up/email", body);
	if (created.status !== 200) throw new Error(`Sign-up answered ${created.status}: ${await created.text()}`);
	cookie = created.headers
		.getSetCookie()
		.map((each) => each.split(";")[0])
		.join("; ");
	const list = (await (await request("GET", "/api/workspaces")).json()) as WorkspaceList;
	const workspaceId = list.workspaces[0]?.id ?? "";
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

/** The session's cookie, for a browser. */
export function sessionCookie(person: Pick<RemotePerson, "cookie">): { name: string; value: string } {
	const [, name = "", value = ""] = /([\w.-]+\.session_token)=([^;]+)/.exec(person.cookie()) ?? [];
	return { name, value };
}
