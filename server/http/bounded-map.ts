/**
 * A map of limited size that drops the entries that were set longest ago, half of them at a time. Dropping them one by
 * one would cost more the fuller the map is.
 */
export class BoundedMap<Value> {
	readonly #halfSize: number;
	#young = new Map<string, Value>();
	#old = new Map<string, Value>();

	constructor(maxEntries: number) {
		this.#halfSize = Math.ceil(maxEntries / 2);
	}

	get(key: string): Value | undefined {
		return this.#young.get(key) ?? this.#old.get(key);
	}

	set(key: string, value: Value): void {
		this.#old.delete(key);
		if (this.#young.size >= this.#halfSize && !this.#young.has(key)) {
			this.#old = this.#young;
			this.#young = new Map();
		}
		this.#young.set(key, value);
	}

	delete(key: string): boolean {
		return this.#young.delete(key) || this.#old.delete(key);
	}
}
