import { expect, test } from "vitest";

import { fillPage } from "../../server/http/openapi/page/page.ts";
import { build } from "../server/helper.ts";
import { examplesIn } from "../server/http/page-examples.ts";
import { checkScripts, describeFinding } from "./check-scripts.ts";
import { formatLuau } from "./format.ts";

test("the API page's examples for games are strict Luau that the analyser accepts, formatted as StyLua does", async () => {
	const { app } = await build();
	const page = fillPage("<!-- reference -->", app.openapiDocument());
	const examples = examplesIn(page).filter(({ title }) => title === "Luau");
	expect(examples.length).toBe(2);
	const scripts = examples.map(({ code }, index) => [
		`ServerScriptService/Example${index}.server.luau`,
		`--!strict\n${code}\n`,
	]);
	expect((await checkScripts(Object.fromEntries(scripts) as Record<string, string>)).map(describeFinding)).toEqual([]);
	for (const { code } of examples) expect(formatLuau(`${code}\n`)).toBe(`${code}\n`);
});
