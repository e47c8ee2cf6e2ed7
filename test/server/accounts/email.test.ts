import { describe, expect, it } from "vitest";

import { cleanEmail, knownEmail } from "../../../server/accounts/sessions/email.ts";
import { ProblemError } from "../../../server/errors/problem-error.ts";
import { build, type TestServer } from "../helper.ts";

const PASSWORD = "correct horse battery";
const ORIGIN = "http://localhost:8787";
const IN_ASCII = "rin@xn--bcher-kva.example";

/** The message about the field. */
function problemOf(work: () => string): string {
	try {
		return `accepted as ${work()}`;
	} catch (error) {
		return error instanceof ProblemError ? (error.errors?.[0]?.message ?? "") : String(error);
	}
}

const post = (server: TestServer, path: string, payload: object) =>
	server.app.inject({ method: "POST", url: `/api/auth/${path}`, headers: { origin: ORIGIN }, payload });

describe("an e-mail address", () => {
	it.each([
		["o'brien+x/y=z@example.com"],
		["!#$%&'*+-/=?^_`{|}~.a@example.com"],
		["a@b.co"],
		["1@2.museum"],
		[`${"a".repeat(64)}@example.com`],
		["rin@sub-domain.xn--p1ai"],
	])("may be %s", (email) => {
		expect(cleanEmail(email)).toBe(email);
	});

	it.each([
		["upper case", "Rin.A@Example.COM", "rin.a@example.com"],
		["space around it", "\t rin@example.com \n", "rin@example.com"],
		["an invisible character copied along", "\u{200b}rin@example.com\u{200b}", "rin@example.com"],
		["full width", "ｒｉｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "rin@example.com"],
		["an ideographic full stop", "rin@example。com", "rin@example.com"],
		["a domain in Unicode", "rin@Bücher.example", IN_ASCII],
		["a domain in Unicode, decomposed", "rin@bu\u{308}cher.example", IN_ASCII],
		["a domain in punycode", "rin@XN--BCHER-KVA.example", IN_ASCII],
		["a top-level domain in Unicode", "rin@почта.рф", "rin@xn--80a1acny.xn--p1ai"],
	])("is the same with %s", (_what, typed, email) => {
		expect(cleanEmail(typed)).toBe(email);
	});

	it.each([
		["nothing before the @", "@example.com"],
		["nothing after the @", "rin@"],
		["no @", "example.com"],
		["two @", "rin@home@example.com"],
		["two dots", "r..in@example.com"],
		["a dot at the end", "rin.@example.com"],
		["a domain without a dot", "rin@localhost"],
		["a dot after the domain", "rin@example.com."],
		["a host's number", "rin@127.0.0.1"],
		["a number in brackets", "rin@[127.0.0.1]"],
		["an escaped domain", "rin@ex%61mple.com"],
		["a hyphen at a label's end", "rin@example-.com"],
		["a long label", `rin@${"a".repeat(64)}.com`],
		["broken punycode", "rin@xn--\u{fc}.com"],
		["a header behind it", "rin@example.com\r\nBcc: jo@example.com"],
		["a display name", "Rin <rin@example.com>"],
	])("is none with %s", (_what, typed) => {
		expect(problemOf(() => cleanEmail(typed))).toBe("This is not an e-mail address.");
	});

	it("is refused with letters outside ASCII before the @, also with those whose lower case is in ASCII", () => {
		for (const typed of ["jörg@example.com", "\u{212a}ay@example.com", "r\u{200b}in@example.com"]) {
			expect(problemOf(() => cleanEmail(typed))).toContain("Only letters from a to z");
		}
		expect(problemOf(() => cleanEmail('"rin m"@example.com'))).toContain("quotation marks do not work");
	});

	it("has at most 64 characters before the @, and 254 in all", () => {
		const domain = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(57)}.com`;
		expect(cleanEmail(`${"a".repeat(64)}@${domain}`)).toHaveLength(254);
		for (const typed of [`${"a".repeat(64)}@a${domain.slice(1)}.de`, `${"a".repeat(65)}@example.com`]) {
			expect(problemOf(() => cleanEmail(typed))).toBe("It is too long for an e-mail address.");
		}
	});

	it("of an account from before this rule is still known, but cannot be chosen", () => {
		for (const email of [`${"a".repeat(80)}@example.com`, "rin@example-.com"]) {
			expect(knownEmail(` ${email.toUpperCase()}`)).toBe(email);
			expect(problemOf(() => cleanEmail(email))).not.toContain("accepted");
		}
		expect(problemOf(() => knownEmail("rin"))).toBe("This is not an e-mail address.");
	});
});

describe("an account", () => {
	it("is one, whether its domain is typed in Unicode or in punycode", async () => {
		const server = await build();
		const up = await post(server, "sign-up/email", { name: "Rin", email: "rin@bücher.example", password: PASSWORD });
		expect([up.statusCode, up.json()]).toMatchObject([200, { user: { email: IN_ASCII } }]);
		for (const email of [IN_ASCII, "RIN@BÜCHER.example"]) {
			expect((await post(server, "sign-in/email", { email, password: PASSWORD })).json()).toEqual(up.json());
			const again = await post(server, "sign-up/email", { name: "Jo", email, password: PASSWORD });
			expect(again.json()).toMatchObject({ code: "email_taken" });
		}
	});

	it("may have any address that RFC 5321 allows without quotes, at sign-up, sign-in and as the new one", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const changed = await rin.request("POST", "/api/account/email", { email: "o'b/c=d?@x.co", password: PASSWORD });
		expect(changed.statusCode).toBe(200);
		expect((await post(server, "sign-in/email", { email: "O'B/C=D?@x.co", password: PASSWORD })).statusCode).toBe(200);
		const body = { name: "Jo", email: "{jo}|~#!@x.co", password: PASSWORD };
		expect((await post(server, "sign-up/email", body)).statusCode).toBe(200);
		expect((await post(server, "sign-in/email", { email: body.email, password: PASSWORD })).statusCode).toBe(200);
	});

	it("from before this rule can still sign in", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const email = `${"a".repeat(80)}@example.com`;
		server.db.prepare('UPDATE "user" SET email = ? WHERE id = ?').run(email, rin.accountId);
		expect((await post(server, "sign-in/email", { email, password: PASSWORD })).statusCode).toBe(200);
	});
});
