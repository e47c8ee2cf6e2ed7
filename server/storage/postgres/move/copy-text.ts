/** A value of a row. */
export type Value = string | bigint | Uint8Array | null;

const SPECIAL = /[\b\t\n\v\f\r\\]/g;
const ESCAPES: Readonly<Record<string, string>> = {
	"\b": String.raw`\b`,
	"\t": String.raw`\t`,
	"\n": String.raw`\n`,
	"\v": String.raw`\v`,
	"\f": String.raw`\f`,
	"\r": String.raw`\r`,
	"\\": String.raw`\\`,
};
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Rows in the text format of COPY, exactly as PostgreSQL writes them, so that two digests of it can be compared.
 * https://www.postgresql.org/docs/current/sql-copy.html
 */
export function* copyText(rows: Iterable<readonly Value[]>): Generator<Buffer> {
	let text = "";
	for (const row of rows) {
		text += `${row.map(field).join("\t")}\n`;
		if (text.length < CHUNK_CHARACTERS) continue;
		yield Buffer.from(text);
		text = "";
	}
	if (text !== "") yield Buffer.from(text);
}

function field(value: Value): string {
	if (value === null) return String.raw`\N`;
	if (typeof value === "bigint") return value.toString();
	if (typeof value === "string") return value.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
	if (value instanceof Uint8Array) return String.raw`\\x` + Buffer.from(value).toString("hex");
	throw new TypeError(`A ${typeof value} cannot be copied.`);
}
