import { domainToASCII } from "node:url";

import { describe, expect, test } from "vitest";

import { shownEmail } from "../../server/dashboard/ui/shown-email.ts";

describe("an e-mail address with an international domain", () => {
	test.each(["bücher.example", "münchen-ost.de", "faß.de", "例え.jp", "日本語.jp", "한국.kr", "почта.рф", "żółć.pl"])(
		"is shown in Unicode: %s",
		(domain) => {
			expect(shownEmail(`rin@${domainToASCII(domain)}`)).toBe(`rin@${domain}`);
		},
	);

	test.each([
		["letters like Latin ones below a Latin top-level domain", "аррӏе.com"],
		["one letter of another script", "paypаl.com"],
		["a letter that looks like another", "ıstanbul.com"],
		["text from right to left", "דוגמה.com"],
		["an emoji", "💩.la"],
	])("stays in ASCII with %s", (_what, domain) => {
		const email = `rin@${domainToASCII(domain)}`;
		expect(email).toContain("xn--");
		expect(shownEmail(email)).toBe(email);
	});

	test.each(["rin@xn--a.com", "rin@xn--.com", "rin@xn--99999999.com", "rin@xn--e1afmkfd!.com", "rin@example.com"])(
		"stays as it is if it is none: %s",
		(email) => {
			expect(shownEmail(email)).toBe(email);
		},
	);
});
