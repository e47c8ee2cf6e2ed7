import { describe, expect, it } from "vitest";

import { basicCredentials } from "../../../server/http/basic-credentials.ts";
import { build } from "../helper.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
/** As RFC 6749 Appendix B has it. */
const formEncoded = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);

describe("HTTP Basic", () => {
	it.each([
		["plain:secret", { id: "plain", secret: "secret" }, { id: "plain", secret: "secret" }],
		["a:b+c%2B:d", { id: "a", secret: "b+c%2B:d" }, { id: "a", secret: "b c+:d" }],
		["a%3Ab:c", { id: "a%3Ab", secret: "c" }, { id: "a:b", secret: "c" }],
		["a:100%", { id: "a", secret: "100%" }, { id: "a", secret: "100%" }],
		["a:", { id: "a", secret: "" }, { id: "a", secret: "" }],
	])("%s can be read as it is or form-decoded", (text, raw, decoded) => {
		expect(basicCredentials(basic(text))).toEqual({ raw, decoded });
	});

	it.each([[undefined], [""], ["Basic"], ["Basic !"], ["Bearer YTpi"], [basic("no colon")]])("%s is none", (header) => {
		expect(basicCredentials(header)).toBeUndefined();
	});
});

describe("introspection with a client secret that holds + and %", () => {
	const ID = "backend+one";
	const SECRET = "a+b%20c, of 20+ characters";

	it("takes the secret as `curl -u` sends it, and as OAuth clients encode it, but nothing else", async () => {
		const env = { INTROSPECTION_CLIENT_ID: ID, INTROSPECTION_CLIENT_SECRET: SECRET };
		const server = await build({ env });
		const rin = await server.signUp();
		const { secret: token } = await rin.createKey();
		const introspect = (credentials: string) =>
			server.form("/oauth/introspect", { token }, { authorization: basic(credentials) });
		for (const credentials of [`${ID}:${SECRET}`, `${formEncoded(ID)}:${formEncoded(SECRET)}`]) {
			expect((await introspect(credentials)).json()).toMatchObject({ active: true });
		}
		for (const credentials of [
			`${ID}:${formEncoded(SECRET)}`,
			`${formEncoded(ID)}:${SECRET}`,
			`${ID}:${formEncoded(formEncoded(SECRET))}`,
			`${ID}:${SECRET} `,
			`${ID}:`,
			`:${SECRET}`,
			`backend one:${SECRET}`,
		]) {
			expect([credentials, (await introspect(credentials)).statusCode]).toEqual([credentials, 401]);
		}
	});
});

describe("a public client that sends HTTP Basic", () => {
	const CLIENT = "auxvyn-studio";
	const START = "/oauth/device_authorization";
	const grant_type = "urn:ietf:params:oauth:grant-type:device_code";

	it.each([
		["with its id in the form too", `${CLIENT}:`, { client_id: CLIENT }],
		["without its id in the form", `${CLIENT}:`, {}],
		["with an encoded id", "auxvyn%2Dstudio:", {}],
	])("pairs and revokes with an empty secret, %s", async (_what, credentials, form: Record<string, string>) => {
		const server = await build();
		const rin = await server.signUp();
		const headers = { authorization: basic(credentials) };
		const started = await server.form(START, form, headers);
		expect(started.statusCode).toBe(200);
		const { device_code, user_code } = started.json<{ device_code: string; user_code: string }>();
		const approval = { workspaceId: rin.workspaceId, label: "From Studio" };
		expect((await rin.request("POST", `/api/pairings/${user_code}/approve`, approval)).statusCode).toBe(200);
		const delivered = await server.form("/oauth/token", { ...form, grant_type, device_code }, headers);
		const token = delivered.json<{ access_token: string }>().access_token;
		expect((await server.whoami(token)).statusCode).toBe(200);
		expect((await server.form("/oauth/revoke", { ...form, token }, headers)).statusCode).toBe(200);
		expect((await server.whoami(token)).statusCode).toBe(401);
	});

	it.each([
		["a secret", basic(`${CLIENT}:secret`)],
		["a secret of one space", basic(`${CLIENT}:+`)],
		["another id", basic("another:")],
		["no id", basic(":")],
		["no colon", basic(CLIENT)],
		["nothing", "Basic"],
		["what is not base64", "Basic !"],
	])("is refused with %s", async (_what, authorization) => {
		const server = await build();
		for (const url of [START, "/oauth/token"]) {
			const answer = await server.form(url, { client_id: CLIENT, grant_type, device_code: "x" }, { authorization });
			expect(answer.statusCode).toBe(401);
			expect(answer.json()).toMatchObject({ error: "invalid_client" });
		}
	});

	it("is refused where the form names another client", async () => {
		const server = await build();
		const headers = { authorization: basic(`${CLIENT}:`) };
		const answer = await server.form(START, { client_id: "another" }, headers);
		expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: "invalid_client" }]);
	});
});
