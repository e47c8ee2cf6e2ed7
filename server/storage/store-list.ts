import type { Store } from "./database.ts";

export type AnyStore = Store<never, unknown>;

/** Every store function by its name, and the module that lists them, for other threads to load. */
export interface StoreList {
	url: string;
	byName: ReadonlyMap<string, AnyStore>;
}

/**
 * Lists the asynchronous functions that `*.store.ts` modules export.
 * @param url the calling module's, which must export the list as `stores`
 * @throws TypeError where two have one name
 */
export function listStores(url: string, modules: readonly object[]): StoreList {
	const byName = new Map<string, AnyStore>();
	for (const [name, value] of modules.flatMap((module) => Object.entries(module) as [string, unknown][])) {
		if (!isStore(value)) continue;
		if (value.name !== name || byName.has(name)) throw new TypeError(`Two store functions are called ${name}.`);
		byName.set(name, value);
	}
	return { url, byName };
}

function isStore(value: unknown): value is AnyStore {
	return typeof value === "function" && value.constructor.name === "AsyncFunction";
}
