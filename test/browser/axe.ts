import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

type Violations = AxeResults["violations"];

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The themes only differ in colours, so all other rules run once. */
const RUNS = [
	{ colorScheme: "light", options: "{ resultTypes: ['violations'], preload: false }" },
	{
		colorScheme: "dark",
		options: "{ resultTypes: ['violations'], preload: false, runOnly: ['color-contrast', 'link-in-text-block'] }",
	},
] as const;

/** axe-core's violations on the page in its current state, light and dark, one line per element. */
export async function axeFindings(page: Page): Promise<string[]> {
	const findings: string[] = [];
	// Injected through the protocol, so that the CSP stays as it is.
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
