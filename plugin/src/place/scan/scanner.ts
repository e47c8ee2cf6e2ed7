import { Selection } from "@rbxts/services";

import { OwnCode } from "../asks";
import { inspect } from "../inspect";
import { WriteResult } from "../types";
import { describe, Found } from "./describe";
import { compareMeanings } from "./meaning";
import { removeInstance } from "./remove-copy";
import { createSearch, Holders, Search } from "./search";
import { createFactsOfClass } from "./text-properties";
import { ScanReport } from "./types";

export interface Scanner {
	/** Looks for keys in the whole place. Yields. Undefined if it was not wanted any more, or stopped. */
	scan: (isWanted: () => boolean) => ScanReport | undefined;
	/** Removes the copy with that id in the last report. One undoable step. Does not yield. */
	removeCopy: (id: string) => WriteResult;
	/** Selects it in the Explorer. */
	select: (id: string) => void;
	stop: () => void;
}

export function createScanner(own: OwnCode): Scanner {
	const factsOfClass = createFactsOfClass();
	let last: Found[] = [];
	let search: Search | undefined;

	function report(holders: Holders): ScanReport {
		// Read again: the place may have changed while the rest was looked at.
		const inspection = inspect(own);
		let changed = false;
		last = [];
		for (const [instance, keys] of holders) {
			const found = describe(instance, inspection, factsOfClass, own);
			for (const each of found) {
				last.push(each);
				keys.delete(each.key);
			}
			if (!keys.isEmpty()) changed = true;
		}
		last.sort((a, b) => {
			const order = compareMeanings(a.find.meaning, b.find.meaning);
			return order === 0 ? a.find.path < b.find.path : order < 0;
		});
		last.forEach(({ find }, index) => (find.id = `${index + 1}`));
		return { finds: last.map(({ find }) => find), changed };
	}

	return {
		scan: (isWanted) => {
			search?.stop();
			const current = createSearch(factsOfClass, isWanted);
			search = current;
			const holders = current.run();
			return holders && report(holders);
		},
		removeCopy: (id) => {
			const found = last.find(({ find }) => find.id === id);
			if (found === undefined) return { kind: "changed" };
			const { instance, key } = found;
			return removeInstance(instance, () =>
				describe(instance, inspect(own), factsOfClass, own).some((now) => now.key === key && now.find.removable),
			);
		},
		select: (id) => {
			const found = last.find(({ find }) => find.id === id);
			if (found !== undefined) pcall(() => Selection.Set([found.instance]));
		},
		stop: () => search?.stop(),
	};
}
