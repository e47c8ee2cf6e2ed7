import { crc32 } from "node:zlib";

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
/** 1980-01-01, the earliest: the same files make the same archive. */
const DATE = 0x21;
const VERSION = 20;
const UTF8_NAMES = 0x800;

/** A ZIP archive of small files, uncompressed (APPNOTE.TXT 6.3.10, §4.3). Names use `/`. */
export function zip(files: Record<string, Buffer>): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [name, content] of Object.entries(files)) {
		const nameBytes = Buffer.from(name);
		const facts = [
			...words(VERSION, UTF8_NAMES, 0, 0, DATE),
			...longs(crc32(content), content.length, content.length),
			...words(nameBytes.length, 0),
		];
		const local = Buffer.concat([...longs(LOCAL_HEADER), ...facts, nameBytes, content]);
		directory.push(
			Buffer.concat([
				...longs(CENTRAL_HEADER),
				...words(VERSION),
				...facts,
				...words(0, 0, 0),
				...longs(0, offset),
				nameBytes,
			]),
		);
		parts.push(local);
		offset += local.length;
	}
	const central = Buffer.concat(directory);
	const count = directory.length;
	const end = [...longs(END), ...words(0, 0, count, count), ...longs(central.length, offset), ...words(0)];
	return Buffer.concat([...parts, central, ...end]);
}

function words(...values: number[]): Buffer[] {
	return values.map((value) => {
		const bytes = Buffer.alloc(2);
		bytes.writeUInt16LE(value);
		return bytes;
	});
}

function longs(...values: number[]): Buffer[] {
	return values.map((value) => {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32LE(value);
		return bytes;
	});
}
