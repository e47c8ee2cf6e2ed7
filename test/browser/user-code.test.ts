import { expect, test } from "vitest";

import { readUserCode, userCodeProblem } from "../../server/dashboard/pairing/user-code.ts";

test.each(["WDJB-MJHT", "wdjbmjht", " wdjb mjht ", "WDJB–MJHT", "w-d-j-b-m-j-h-t", "WDJB_MJHT"])(
	"%j is read as WDJB-MJHT",
	(typed) => {
		expect(readUserCode(typed)).toBe("WDJB-MJHT");
		expect(userCodeProblem(typed)).toBeUndefined();
	},
);

test.each([
	["", "Enter the code"],
	["WDJB-MJH", "this one has 7"],
	["WDJB-MJHTT", "this one has 9"],
	["WDJB-MJH0", "“0” is not used in codes"],
	["🗝DJB-MJHT", "“🗝” is not used in codes"],
])("%j is not a code, and the message says why", (typed, message) => {
	expect(readUserCode(typed)).toBeUndefined();
	expect(userCodeProblem(typed)).toContain(message);
});
