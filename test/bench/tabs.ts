import { signUpAt } from "../server/person.ts";
import type { Contestant } from "./contestants.ts";
import { median } from "./load.ts";
import { insertKeys } from "./many-keys.ts";
import { measureTab, openBrowser, type TabTimes } from "./tab.ts";

const FEW_KEYS = 50;

/** Compares the API Keys tab of a workspace with many keys and of one with few, in Chromium. */
export async function compareTabs(many: Contestant, rounds: number): Promise<void> {
	const few = await signUpAt(many.server.url, "Jo");
	insertKeys(many.databasePath, few.workspaceId, FEW_KEYS);
	const browser = await openBrowser();
	const times: Record<"many" | "few", TabTimes[]> = { many: [], few: [] };
	try {
		for (let round = 0; round < rounds; round++) {
			times.few.push(await measureTab(browser, many.server.url, few, "Key 7."));
			times.many.push(await measureTab(browser, many.server.url, many.rin, "Key 77777."));
		}
	} finally {
		await browser.close();
	}
	console.log(`\nThe API Keys tab in Chromium, nothing cached; medians of ${rounds} alternating rounds:\n`);
	for (const what of ["usable", "search"] as const) {
		const [own, baseline] = [times.many, times.few].map((list) => median(list.map((each) => each[what])));
		const ratio = ((own ?? NaN) / (baseline ?? NaN)).toFixed(2);
		const name = `${what}, ${many.secrets.length.toLocaleString("en")} keys`;
		console.log(`${name.padEnd(34)} ${Math.round(own ?? NaN)} ms   ${ratio} × with ${FEW_KEYS} keys`);
	}
}
