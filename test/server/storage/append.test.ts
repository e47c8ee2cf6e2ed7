import { expect, it } from "vitest";

import { append } from "../../../server/storage/withdrawals/append.ts";
import { tempDir } from "../temp-dir.ts";

const WITHDRAWAL = { what: "as_backed_up", at: 0 } as const;

it("writing withdrawals to a folder that can never be created fails, and does not hang", async () => {
	await expect(append(`${await tempDir()}/new/folder/withdrawals.jsonl`, [WITHDRAWAL])).resolves.toBeUndefined();
	if (process.platform === "linux")
		await expect(append("/proc/nope/folder/withdrawals.jsonl", [WITHDRAWAL])).rejects.toThrow("ENOENT");
});
