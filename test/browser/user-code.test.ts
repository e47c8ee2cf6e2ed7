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
	["", "Type the code"],
	["WDJB-MJH", "this has 7"],
	["WDJB-MJHTT", "this has 9"],
	["WDJB-MJH0", "“0” is in no code"],
	["🗝DJB-MJHT", "“🗝” is in no code"],
])("%j is no code, and the words say why", (typed, words) => {
	expect(readUserCode(typed)).toBeUndefined();
	expect(userCodeProblem(typed)).toContain(words);
});
