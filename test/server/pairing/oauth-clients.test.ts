import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { CreatedBackend, Whoami } from "../../../shared/wire.ts";
import { type BehindProxy, startBehindProxy } from "../behind-proxy.ts";
import { signUpAt } from "../person.ts";

const CLIENT_ID = "auxvyn-studio";
const INTROSPECTION = { id: "backend:one", secret: "a secret: of 20+ chars" };

let world: BehindProxy;

beforeAll(async () => {
	world = await startBehindProxy({
		INTROSPECTION_CLIENT_ID: INTROSPECTION.id,
		INTROSPECTION_CLIENT_SECRET: INTROSPECTION.secret,
	});
});

afterAll(() => world.close());

async function discover(clientAuthentication = openid.None(), clientId = CLIENT_ID): Promise<openid.Configuration> {
	return openid.discovery(new URL(world.proxy.url), clientId, undefined, clientAuthentication, {
		algorithm: "oauth2",
		// oxlint-disable-next-line typescript/no-deprecated -- marked deprecated only as a warning: loopback has no TLS
		execute: [openid.allowInsecureRequests],
	});
}

describe("third-party OAuth clients", () => {
	it("openid-client pairs and gets a key with the approved workspace and label", async () => {
		const config = await discover();
		const started = await openid.initiateDeviceAuthorization(config, { place_name: "Caverns" });
		const polling = openid.pollDeviceAuthorizationGrant(config, started);
		await world.rin.approve(started.user_code, { label: "By openid-client" });
		const token = await polling;
		const response = (await (await world.whoami(token.access_token)).json()) as Whoami;
		expect(response).toMatchObject({ workspace: { id: world.rin.workspaceId }, key: { label: "By openid-client" } });
	});

	it("openid-client gets access_denied after a denial", async () => {
		const config = await discover();
		const started = await openid.initiateDeviceAuthorization(config, {});
		const polling = openid.pollDeviceAuthorizationGrant(config, started);
		const failure = expect(polling).rejects.toMatchObject({ error: "access_denied", status: 400 });
		await world.rin.request("POST", `/api/pairings/${started.user_code}/deny`, {});
		await failure;
	});

	it("openid-client introspects with its secret, and learns only that an invalid key is inactive", async () => {
		const backend = await discover(openid.ClientSecretBasic(INTROSPECTION.secret), INTROSPECTION.id);
		const { key, secret } = await world.rin.createKey("Introspected");
		expect(await openid.tokenIntrospection(backend, secret)).toMatchObject({ active: true, key: { id: key.id } });
		const studio = await discover();
		await openid.tokenRevocation(studio, secret);
		expect(await openid.tokenIntrospection(backend, secret)).toEqual({ active: false });
		expect(await openid.tokenIntrospection(backend, "nonsense")).toEqual({ active: false });
		const impostor = await discover(openid.ClientSecretBasic("a wrong secret of 20"), INTROSPECTION.id);
		await expect(openid.tokenIntrospection(impostor, secret)).rejects.toMatchObject({
			error: "invalid_client",
			status: 401,
		});
	});

	it("openid-client and oauth4webapi introspect with a workspace's own credentials, which see no other workspace's keys", async () => {
		const { rin } = world;
		const created = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/backends`, { name: "Game API" });
		const { backend, secret } = (await created.json()) as CreatedBackend;
		const jo = await signUpAt(world.proxy.target, "Jo", world.proxy.url);
		const [own, foreign] = [await rin.createKey("Live game"), await jo.createKey("Foreign")];
		const active = { active: true, sub: rin.workspaceId, key: { id: own.key.id, label: "Live game" } };

		const config = await discover(openid.ClientSecretBasic(secret), backend.id);
		expect(await openid.tokenIntrospection(config, own.secret)).toMatchObject(active);
		expect(await openid.tokenIntrospection(config, foreign.secret)).toEqual({ active: false });

		const as = { issuer: world.proxy.url, introspection_endpoint: `${world.proxy.url}/oauth/introspect` };
		const client = { client_id: backend.id };
		const introspect = async (token: string, clientSecret = secret) => {
			const authentication = oauth.ClientSecretBasic(clientSecret);
			// oxlint-disable-next-line typescript/no-deprecated -- marked deprecated only as a warning: loopback has no TLS
			const options = { [oauth.allowInsecureRequests]: true };
			const answer = await oauth.introspectionRequest(as, client, authentication, token, options);
			return oauth.processIntrospectionResponse(as, client, answer);
		};
		expect(await introspect(own.secret)).toMatchObject(active);
		expect(await introspect(foreign.secret)).toEqual({ active: false });
		await expect(introspect(own.secret, "bks_wrong")).rejects.toMatchObject({ error: "invalid_client", status: 401 });
	});

	it("oauth4webapi pairs and revokes", async () => {
		// oxlint-disable-next-line typescript/no-deprecated -- marked deprecated only as a warning: loopback has no TLS
		const options = { [oauth.allowInsecureRequests]: true };
		const issuer = new URL(world.proxy.url);
		const found = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...options });
		const as = await oauth.processDiscoveryResponse(issuer, found);
		const client = { client_id: CLIENT_ID };
		const started = await oauth.processDeviceAuthorizationResponse(
			as,
			client,
			await oauth.deviceAuthorizationRequest(as, client, oauth.None(), {}, options),
		);
		const poll = async () =>
			oauth.processDeviceCodeResponse(
				as,
				client,
				await oauth.deviceCodeGrantRequest(as, client, oauth.None(), started.device_code, options),
			);
		await expect(poll()).rejects.toMatchObject({ error: "authorization_pending" });
		await world.rin.approve(started.user_code, { label: "By oauth4webapi" });
		const token = await poll();
		expect((await world.whoami(token.access_token)).status).toBe(200);
		const revoked = await oauth.revocationRequest(as, client, oauth.None(), token.access_token, options);
		await oauth.processRevocationResponse(revoked);
		expect((await world.whoami(token.access_token)).status).toBe(401);
	});

	it("openid-client gets exactly one active key although half of the responses are lost", async () => {
		const config = await discover();
		const before = (await world.activeKeys()).length;
		world.lose((path, count) => path === "/oauth/token" && count % 2 === 0);
		try {
			const started = await openid.initiateDeviceAuthorization(config, {});
			await world.rin.approve(started.user_code, { label: "Through the storm" });
			const token = await retryLost(() => openid.pollDeviceAuthorizationGrant(config, started));
			// Polling again, as after another lost response, must return the same key.
			const again = await retryLost(() => openid.pollDeviceAuthorizationGrant(config, started));
			expect(again.access_token).toBe(token.access_token);
			expect((await world.whoami(token.access_token)).status).toBe(200);
			const keys = await world.activeKeys();
			expect(keys.length).toBe(before + 1);
			expect(keys[0]?.label).toBe("Through the storm");
			expect(world.proxy.lost).toBeGreaterThan(0);
		} finally {
			world.lose(undefined);
		}
	});
});

/** Retries after a lost response, as a client should. */
async function retryLost<T>(poll: () => Promise<T>): Promise<T> {
	for (let attempts = 0; ; attempts++) {
		try {
			return await poll();
		} catch (error) {
			const transport = error instanceof TypeError || (error as { code?: string }).code === "OAUTH_TIMEOUT";
			if (!transport || attempts > 20) throw error;
		}
	}
}
