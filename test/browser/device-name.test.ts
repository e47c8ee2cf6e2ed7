import { describe, expect, test } from "vitest";

import { deviceName, isHandheld } from "../../server/dashboard/account/device-name.ts";

const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("a session's browser", () => {
	test.each([
		["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
		[
			"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
			"Chrome on Linux",
		],
		["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"],
		["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605", "Safari on macOS"],
		[`${SAFARI} Version/18.0 Mobile/15E148 Safari/604.1`, "Safari on iPhone"],
		["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"],
		["curl/8.9.1", "curl/8.9.1"],
		["x".repeat(200), "x".repeat(40)],
		[null, "Unknown browser"],
	])("%s is called %s", (userAgent, name) => {
		expect(deviceName(userAgent)).toBe(name);
	});

	test("is recognised as handheld", () => {
		expect(isHandheld(SAFARI)).toBe(true);
		expect(isHandheld("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")).toBe(false);
	});
});
