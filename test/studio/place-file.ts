import path from "node:path";

import { type LuneProgram, startLuneProgram } from "./lune-program.ts";
import { type PlaceNode, toPlaceNodes } from "./place-node.ts";

/** An instance to create. At the top level a service, found or created by class. */
export interface PlaceDescription {
	class: string;
	name?: string;
	source?: string;
	tags?: string[];
	attributes?: Record<string, string | number | boolean>;
	/** Enum items by name; `PackageLink` accepts `PackageId`. */
	properties?: Record<string, string | number | boolean>;
	children?: PlaceDescription[];
}

const PROGRAM = path.join(import.meta.dirname, "place-file.luau");

/** One for all tests of this process. */
let shared: Promise<LuneProgram> | undefined;

async function run(verb: "read" | "write", file: string, services: PlaceDescription[] = []): Promise<unknown> {
	const { ask } = await (shared ??= startLuneProgram(PROGRAM));
	const { place, error } = (await ask({ verb, file, services })) as { place?: unknown; error?: string };
	if (error !== undefined) throw new Error(`Cannot ${verb} ${file}: ${error}`);
	return place;
}

/** Writes a `.rbxl` (or `.rbxlx`): a new baseplate plus these services. Returns `file`. */
export async function writePlace(file: string, services: PlaceDescription[] = []): Promise<string> {
	await run("write", file, services);
	return file;
}

/** Reads a place file: all services and their descendants. */
export async function readPlace(file: string): Promise<PlaceNode[]> {
	return toPlaceNodes(await run("read", file));
}
