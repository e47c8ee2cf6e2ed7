import { createHash } from "node:crypto";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

import { copyText, type Value } from "./copy-text.ts";

/** How many rows there are, and the SHA-256 of their text. */
export interface Content {
	count: number;
	digest: string;
}

/** Writes rows to `COPY … FROM STDIN`. Returns what was sent. */
export async function copyIn(client: pg.Client, sql: string, rows: Iterable<readonly Value[]>): Promise<Content> {
	const hash = createHash("sha256");
	const tap = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			hash.update(chunk);
			done(null, chunk);
		},
	});
	const copy = client.query(copyFrom(sql));
	await pipeline(Readable.from(copyText(rows)), tap, copy);
	return { count: copy.rowCount, digest: hash.digest("hex") };
}

/** Reads `COPY … TO STDOUT`. */
export async function copyOut(client: pg.Client, sql: string): Promise<Content> {
	const copy = client.query(copyTo(sql));
	const hash = createHash("sha256");
	for await (const chunk of copy) hash.update(chunk as Buffer);
	return { count: copy.rowCount, digest: hash.digest("hex") };
}
