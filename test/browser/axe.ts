import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

type Violations = AxeResults["violations"];

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The themes differ in their colours and in nothing else, so all other rules are asked once. */
const RUNS = [
	{ colorScheme: "light", options: "{ resultTypes: ['violations'], preload: false }" },
	{
		colorScheme: "dark",
		options: "{ resultTypes: ['violations'], preload: false, runOnly: ['color-contrast', 'link-in-text-block'] }",
	},
] as const;

/** What axe-core finds wrong with the page as it stands, dark and light: rule, theme and element, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
	const findings: string[] = [];
	// By the protocol and not by a script element, so that the page's policy stays as strict as it is.
	if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(AXE);
	for (const { colorScheme, options } of RUNS) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		const violations = await page.evaluate<Violations>(
			`axe.run(document, ${options}).then((found) => found.violations)`,
		);
		for (const { id, help, nodes } of violations) {
			for (const { html } of nodes) findings.push(`${id}, ${colorScheme}: ${help}: ${html}`);
		}
	}
	return findings;
}
