import { expect } from "vitest";

import { ask, type Behind, type Case } from "./behind.ts";
import type { Mode } from "./front.ts";

const answer = (status: string, headers = ""): Mode => ({
	answer: `HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\n\r\n`,
});

/** What may be wrong with Auxvyn, by its row in the page. */
const WRONG: [row: string, mode: Mode][] = [
	["is stopped", "stopped"],
	["shows a certificate that is not trusted", "untrusted"],
	["shows one of another name", "misnamed"],
	["answers 503", answer("503 Service Unavailable")],
	["answers 500", answer("500 Internal Server Error")],
	["redirects", answer("302 Found", "Location: https://keys.example.com/\r\n")],
	["answers nonsense", { answer: "nonsense\r\n\r\n" }],
];

/** The status in the page's table of what the client gets. */
export function documented({ page }: Pick<Behind, "page">, row: string): number {
	const status = new RegExp(`^\\| [^|]*${row}[^|]* *\\| (\\d{3})\\b`, "m").exec(page)?.[1];
	if (status === undefined) throw new Error(`The page does not say what the client gets if Auxvyn ${row}.`);
	return Number(status);
}

export const AWAY: Case[] = [
	...WRONG.map(([row, mode]): Case => [
		`refuses everything while Auxvyn ${row}, as documented, and recovers`,
		async (behind) => {
			const { key } = behind.people;
			await behind.front.become(mode);
			const outcome = await ask(behind, key.secret, { method: "POST", body: "abc" });
			expect(outcome.seen).toBeUndefined();
			expect(outcome.status).toBe(documented(behind, row));
			await behind.front.become("server");
			await expect.poll(async () => (await ask(behind, key.secret)).status).toBe(200);
		},
	]),
];
