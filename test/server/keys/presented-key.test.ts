import { describe, expect, it } from "vitest";

import { CONFLICT, presentedKey } from "../../../server/keys/authenticate/presented-key.ts";
import { build } from "../helper.ts";

const FOREIGN = "Bearer eyJhbGciOiJub25lIn0.e30.x";
const A = "auxvyn_a";
const B = "auxvyn_b";

describe("the key that a request presents", () => {
	it.each<[what: string, headers: string[], key: string | undefined | typeof CONFLICT]>([
		["nothing", ["Host", "a"], undefined],
		["x-api-key", ["X-Api-Key", A], A],
		["a bearer token", ["authorization", `bearer   ${A}`], A],
		["both and the same", ["x-api-key", A, "Authorization", `Bearer ${A}`], A],
		["both and different", ["x-api-key", A, "Authorization", `Bearer ${B}`], CONFLICT],
		["two x-api-keys that differ", ["x-api-key", A, "x-api-key", B], CONFLICT],
		["the same x-api-key twice", ["x-api-key", A, "X-API-KEY", A], A],
		["a foreign bearer token beside it", ["Authorization", FOREIGN, "x-api-key", A], A],
		["a foreign x-api-key beside it", ["x-api-key", "sk_live_1", "Authorization", `Bearer ${A}`], A],
		["a foreign x-api-key beside another", ["x-api-key", "sk_live_1", "x-api-key", A], A],
		["two foreign values around it", ["x-api-key", "one", "x-api-key", A, "Authorization", "Bearer two"], A],
		["a conflict among foreign values", ["x-api-key", A, "Authorization", "Bearer two", "x-api-key", B], CONFLICT],
		["an empty x-api-key beside it", ["x-api-key", "", "Authorization", `Bearer ${A}`], A],
		["an empty bearer token beside it", ["Authorization", "Bearer", "x-api-key", A], A],
		["an empty x-api-key", ["x-api-key", ""], undefined],
		["another scheme beside it", ["Authorization", "Basic YTpi", "x-api-key", A], A],
		["another scheme", ["Authorization", `Basic ${A}`], undefined],
		["a foreign bearer token alone", ["Authorization", "Bearer other"], "other"],
		["a foreign x-api-key alone", ["x-api-key", "other"], "other"],
	])("of %s", (_what, headers, key) => {
		expect(presentedKey(headers)).toBe(key);
	});

	it("is not refused for a bearer token of the API behind the proxy, which alone is malformed", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const forwardAuth = (headers: Record<string, string>) =>
			server.app.inject({ method: "POST", url: "/v1/forward-auth?workspace=any", headers });
		expect((await server.whoami(undefined, { authorization: FOREIGN, "x-api-key": secret })).statusCode).toBe(200);
		expect((await forwardAuth({ authorization: FOREIGN, "x-api-key": secret })).statusCode).toBe(200);
		expect((await forwardAuth({ authorization: `Bearer ${secret}`, "x-api-key": "sk_live_1" })).statusCode).toBe(200);
		for (const headers of [{ authorization: FOREIGN }, { "x-api-key": "sk_live_1" }]) {
			expect((await forwardAuth(headers)).json()).toMatchObject({ status: 401, code: "malformed_key" });
			expect((await server.whoami(undefined, headers)).json()).toMatchObject({ status: 401, code: "malformed_key" });
		}
		expect((await forwardAuth({ "x-api-key": "" })).json()).toMatchObject({ status: 401, code: "missing_key" });
	});
});
