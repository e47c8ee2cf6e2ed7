import { describe, expect, it } from "vitest";

import { checkPassword } from "../../../server/accounts/passwords/check-password.ts";
import { ProblemError } from "../../../server/errors/problem-error.ts";

const RIN = { name: "Rin Moonlit", email: "rin.m@example.com" };

function refusal(password: string): string | undefined {
	try {
		checkPassword(password, RIN);
		return undefined;
	} catch (error) {
		return error instanceof ProblemError ? error.message : String(error);
	}
}

describe("a password", () => {
	it.each([
		["correct horse battery"],
		["my example.com secret"],
		["auxvyn, of all names"],
		["moonlit walks in May"],
		// Common, but followed by more than most people add.
		["password, then the rest"],
	])("may be %j", (password) => {
		expect(refusal(password)).toBeUndefined();
	});

	it.each(["12345678", "PassWord1", "qwertyuiop", "unbelievable"])("is refused as %s: it is common", (password) => {
		expect(refusal(password)).toContain("one of the most common passwords");
	});

	it.each(["rin moonlit", "RIN.M@EXAMPLE.COM"])("is refused as %s: it is the account's", (password) => {
		expect(refusal(password)).toContain("must not be your name or e-mail address");
	});

	it.each(["Rin Moonlit!202", "example.com-99", "1rin.m2rin.m3"])("is refused as %s: little more", (password) => {
		expect(refusal(password)).toContain("little more than your name or e-mail address");
	});

	it.each(["auxvyn12", "my_AUXVYN1"])("is refused as %s: the name of this service", (password) => {
		expect(refusal(password)).toContain("little more than the name of this service");
	});
});
