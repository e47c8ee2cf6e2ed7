import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

import { findLune } from "./find-lune.ts";
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

async function run(args: string[], input: string): Promise<string> {
	const child = spawn(await findLune(), ["run", PROGRAM, ...args], { stdio: "pipe", windowsHide: true });
	child.stdin.end(input);
	const [output, problems, code] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise<number | null>((resolve, reject) => {
			child.once("error", reject);
			child.once("close", resolve);
		}),
	]);
	if (code !== 0) throw new Error(`Cannot ${args.join(" ")}: ${problems.trim()}`);
	return output;
}

/** Writes a `.rbxl` (or `.rbxlx`): a new baseplate plus these services. Returns `file`. */
export async function writePlace(file: string, services: PlaceDescription[] = []): Promise<string> {
	await run(["write", file], JSON.stringify(services));
	return file;
}

/** Reads a place file: all services and their descendants. */
export async function readPlace(file: string): Promise<PlaceNode[]> {
	return toPlaceNodes(JSON.parse(await run(["read", file], "")));
}
