/** A response of an unexpected shape. Names the field, never its value: a response may hold a key. */
export class MismatchError extends Error {
	override readonly name = "MismatchError";
	readonly path: string;

	constructor(path: string, expected: string) {
		super(`The response's ${path || "body"} is not ${expected}.`);
		this.path = path;
	}
}

/** Returns a `T`, or throws MismatchError naming `path`. Unknown fields are dropped. */
export type Check<T> = (value: unknown, path?: string) => T;

export const text: Check<string> = (value, path = "") => {
	if (typeof value === "string") return value;
	throw new MismatchError(path, "a string");
};

export const count: Check<number> = (value, path = "") => {
	if (typeof value === "number" && Number.isFinite(value)) return value;
	throw new MismatchError(path, "a number");
};

export const flag: Check<boolean> = (value, path = "") => {
	if (typeof value === "boolean") return value;
	throw new MismatchError(path, "true or false");
};

export const time: Check<string> = (value, path = "") => {
	if (typeof value === "string" && !Number.isNaN(Date.parse(value))) return value;
	throw new MismatchError(path, "a time");
};

export const nothing: Check<undefined> = () => undefined;

export function oneOf<T extends string>(...allowed: T[]): Check<T> {
	return (value, path = "") => {
		const found = allowed.find((each) => each === value);
		if (found !== undefined) return found;
		throw new MismatchError(path, `one of ${allowed.join(", ")}`);
	};
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
	return (value, path = "") => (value === undefined ? undefined : check(value, path));
}

export function orNull<T>(check: Check<T>): Check<T | null> {
	return (value, path = "") => (value === null ? null : check(value, path));
}

export function list<T>(check: Check<T>): Check<T[]> {
	return (value, path = "") => {
		if (!Array.isArray(value)) throw new MismatchError(path, "a list");
		return value.map((item, index) => check(item, `${path}[${index}]`));
	};
}

export function record<T extends object>(fields: { [Name in keyof Required<T>]: Check<T[Name]> }): Check<T> {
	const checks = Object.entries<Check<unknown>>(fields);
	return (value, path = "") => {
		if (typeof value !== "object" || value === null) throw new MismatchError(path, "an object");
		const source = value as Record<string, unknown>;
		const checked = checks.map(([name, check]) => [name, check(source[name], path === "" ? name : `${path}.${name}`)]);
		return Object.fromEntries(checked.filter(([, value]) => value !== undefined)) as T;
	};
}
