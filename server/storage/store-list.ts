import type { StoreFunction } from "./database.ts";

export type AnyStoreFunction = StoreFunction<never, unknown>;

/** Every store function by name, and the module that lists them, for other threads to load. */
export interface StoreList {
	url: string;
	byName: ReadonlyMap<string, AnyStoreFunction>;
}

/**
 * Lists the async functions that `*.store.ts` modules export.
 * @param url the URL of the calling module, which must export the list as `stores`
 * @throws TypeError if two have the same name
 */
export function listStores(url: string, modules: readonly object[]): StoreList {
	const byName = new Map<string, AnyStoreFunction>();
	for (const [name, value] of modules.flatMap((module) => Object.entries(module) as [string, unknown][])) {
		if (!isStore(value)) continue;
		if (value.name !== name || byName.has(name))
			throw new TypeError(
				`The name ${name} is taken by another store function, or differs from the function's own name.`,
			);
		byName.set(name, value);
	}
	return { url, byName };
}

/** @throws TypeError if a function is not in the list, where other threads would not find it */
export function requireListed({ byName, url }: StoreList, store: { name: string }): void {
	if (byName.get(store.name) === store) return;
	throw new TypeError(`${store.name} is not listed: export it as an async function from a module in ${url}.`);
}

function isStore(value: unknown): value is AnyStoreFunction {
	return typeof value === "function" && value.constructor.name === "AsyncFunction";
}
