/** Where an Ory Hydra listens. */
export interface HydraPorts {
	publicPort: number;
	adminPort: number;
}

export interface HydraClient {
	/** A new access token, for the client itself (RFC 6749, 4.4). */
	issue(): Promise<string>;
	revoke(token: string): Promise<void>;
	/** Whether introspection calls it active: it answers 200 to all of them. */
	isActive(token: string): Promise<boolean>;
}

export const INTROSPECT = "/admin/oauth2/introspect";

/** Registers a client, which can have tokens. */
export async function registerClient({ publicPort, adminPort }: HydraPorts): Promise<HydraClient> {
	const admin = `http://127.0.0.1:${adminPort}`;
	const oauth = `http://127.0.0.1:${publicPort}/oauth2`;
	const registered = await post(`${admin}/admin/clients`, {
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ grant_types: ["client_credentials"], token_endpoint_auth_method: "client_secret_basic" }),
	});
	const { client_id: id, client_secret: secret } = (await registered.json()) as Record<string, string>;
	const headers = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
	return {
		async issue() {
			const body = new URLSearchParams({ grant_type: "client_credentials" });
			const answer = await post(`${oauth}/token`, { headers, body });
			return ((await answer.json()) as { access_token: string }).access_token;
		},
		async revoke(token) {
			await post(`${oauth}/revoke`, { headers, body: new URLSearchParams({ token }) });
		},
		async isActive(token) {
			const answer = await post(`${admin}${INTROSPECT}`, { body: new URLSearchParams({ token }) });
			return ((await answer.json()) as { active: boolean }).active;
		},
	};
}

async function post(url: string, init: RequestInit): Promise<Response> {
	const answer = await fetch(url, { ...init, method: "POST" });
	if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
	return answer;
}
