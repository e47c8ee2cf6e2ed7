import { expect, test } from "vitest";

import { checkScripts } from "./check-scripts.ts";
import { luauExamples } from "./documents.ts";
import { formatLuau } from "./format.ts";
import { runtimePlace } from "./runtime-place.ts";

const STRICT = "--!strict\n";

test("Luau's analyser finds nothing in the documents' examples, in a strict Script", async () => {
	const examples = await luauExamples();
	expect(examples.length).toBeGreaterThan(1);
	const place = await runtimePlace();
	for (const [index, { code }] of examples.entries()) {
		place[`ServerScriptService/Example${index}/init.server.luau`] = STRICT + code;
		// Some start the module that lies beside them.
		place[`ServerScriptService/Example${index}/Client.luau`] = place["ServerStorage/Client.luau"] ?? "";
	}
	const findings = (await checkScripts(place)).map(({ file, line, message }) => {
		const example = examples[Number(/Example(\d+)$/.exec(file)?.[1])];
		return `${example?.at ?? file}, line ${line - 1}: ${message}`;
	});
	expect(findings).toEqual([]);
});

test("the documents' examples are formatted as StyLua does", async () => {
	for (const { at, code } of await luauExamples()) expect(formatLuau(code), at).toBe(code);
});
