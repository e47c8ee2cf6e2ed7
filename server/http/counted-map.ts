import { BoundedMap } from "./bounded-map.ts";

/**
 * A map of limited size of counters. Those at one and those above are kept in separate maps, so that a flood of new keys
 * pushes out only other new keys, each worth one hit. A counter at zero takes no room.
 */
export class CountedMap<Counter extends { count: number }> {
	readonly #once: BoundedMap<Counter>;
	readonly #often: BoundedMap<Counter>;

	/** `maxKeys`: in each of the two maps. */
	constructor(maxKeys: number) {
		this.#once = new BoundedMap(maxKeys);
		this.#often = new BoundedMap(maxKeys);
	}

	get(key: string): Counter | undefined {
		return this.#often.get(key) ?? this.#once.get(key);
	}

	set(key: string, counter: Counter): void {
		const [map, other] = counter.count > 1 ? [this.#often, this.#once] : [this.#once, this.#often];
		other.delete(key);
		if (counter.count > 0) map.set(key, counter);
		else map.delete(key);
	}

	delete(key: string): void {
		this.#often.delete(key);
		this.#once.delete(key);
	}
}
