import { expect, test } from "vitest";

import { isLoopback, reachableByGames } from "../../server/dashboard/onboarding/reachable-by-games.ts";

test.each([
	"https://localhost:3000",
	"https://keys.localhost",
	"https://127.0.0.1",
	"https://[::1]:3000",
	"https://10.1.2.3",
	"https://172.20.0.5",
	"https://192.168.1.7:8443",
	"https://[fd00::1]",
	"https://pi.local",
	"http://keys.example.com",
])("published games cannot reach %s", (origin) => {
	expect(reachableByGames(origin)).toBe(false);
});

test.each(["https://keys.example.com", "https://127.example.com", "https://172.32.0.1", "https://10.example.org:8443"])(
	"published games can reach %s",
	(origin) => {
		expect(reachableByGames(origin)).toBe(true);
	},
);

test.each([
	["http://localhost:3000/invite", true],
	["http://127.0.0.1:3000/invite", true],
	["http://[::1]:3000/invite", true],
	["http://192.168.1.7:3000/invite", false],
	["https://keys.example.com/invite", false],
])("whether %s only works on this computer: %s", (url, expected) => {
	expect(isLoopback(url)).toBe(expected);
});
