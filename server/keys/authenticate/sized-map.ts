export interface Sized {
	/** About how much memory it takes. */
	bytes: number;
}

/**
 * A map of at most so many bytes. It drops the entries that were set longest ago, half of them at a time: dropping them
 * one by one would cost more the fuller the map is.
 */
export class SizedMap<Value extends Sized> {
	readonly #halfBytes: number;
	#young = new Map<string, Value>();
	#youngBytes = 0;
	#old = new Map<string, Value>();
	#oldBytes = 0;

	constructor(maxBytes: number) {
		this.#halfBytes = maxBytes / 2;
	}

	get bytes(): number {
		return this.#youngBytes + this.#oldBytes;
	}

	get(key: string): Value | undefined {
		return this.#young.get(key) ?? this.#old.get(key);
	}

	set(key: string, value: Value): void {
		if (this.#youngBytes + value.bytes > this.#halfBytes) {
			this.#old = this.#young;
			this.#oldBytes = this.#youngBytes;
			this.#young = new Map();
			this.#youngBytes = 0;
		}
		this.#youngBytes += value.bytes - (this.#young.get(key)?.bytes ?? 0);
		this.#young.set(key, value);
	}

	/** Adds to the size of a value that may be in the map. */
	grow(value: Value, bytes: number): void {
		value.bytes += bytes;
		this.#youngBytes += bytes;
	}

	clear(): void {
		this.#young = new Map();
		this.#old = new Map();
		this.#youngBytes = 0;
		this.#oldBytes = 0;
	}
}
