import { expect, test } from "vitest";

import { checkScripts } from "./check-scripts.ts";
import { luauExamples } from "./documents.ts";
import { formatLuau } from "./format.ts";
import { runtimePlace } from "./runtime-place.ts";

const STRICT = "--!strict\n";
const AUXVYN = 'local Auxvyn = require(game:GetService("ServerScriptService").Auxvyn.Client)\n';

/** What an excerpt leaves off, because an example before it has it. */
function startOf(code: string): string {
	if (code.startsWith(STRICT)) return "";
	return /\bAuxvyn\b/.test(code) && !/local Auxvyn\b/.test(code) ? STRICT + AUXVYN : STRICT;
}

test("Luau's analyser finds nothing in the documents' examples, in a strict Script", async () => {
	const examples = await luauExamples();
	expect(examples.length).toBeGreaterThan(1);
	const place = await runtimePlace();
	place["ServerScriptService/Client.luau"] = place["ServerStorage/Client.luau"] ?? "";
	for (const [index, { code }] of examples.entries()) {
		place[`ServerScriptService/Example${index}.server.luau`] = startOf(code) + code;
	}
	const findings = (await checkScripts(place))
		// An excerpt may leave off the use of what it declares.
		.filter(({ severity, message }) => severity === "error" || !message.includes("is never used"))
		.map(({ file, line, message }) => {
			const example = examples[Number(/Example(\d+)$/.exec(file)?.[1])];
			const added = startOf(example?.code ?? "").split("\n").length - 1;
			return `${example?.at ?? file}, line ${line - added}: ${message}`;
		});
	expect(findings).toEqual([]);
});

test("the documents' examples are formatted as StyLua does", async () => {
	for (const { at, code } of await luauExamples()) expect(formatLuau(code), at).toBe(code);
});
