import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

import { findTool } from "../../plugin/build/tools.ts";
import { type PlaceNode, toPlaceNodes } from "./place-node.ts";

/** What a place is to hold: services at the top, found or made by class, with anything inside. */
export interface PlaceDescription {
	class: string;
	name?: string;
	source?: string;
	tags?: string[];
	attributes?: Record<string, string | number | boolean>;
	/** Enums by the name of their item; `PackageLink` takes `PackageId`. */
	properties?: Record<string, string | number | boolean>;
	children?: PlaceDescription[];
}

const PROGRAM = path.join(import.meta.dirname, "place-file.luau");

async function run(args: string[], input: string): Promise<string> {
	const child = spawn(await findTool("lune"), ["run", PROGRAM, ...args], { stdio: "pipe", windowsHide: true });
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

/** Writes a `.rbxl` (or `.rbxlx`): a new baseplate with what is described added to it. */
export async function writePlace(file: string, services: PlaceDescription[] = []): Promise<string> {
	await run(["write", file], JSON.stringify(services));
	return file;
}

/** Reads a place file: every service with everything in it. */
export async function readPlace(file: string): Promise<PlaceNode[]> {
	return toPlaceNodes(JSON.parse(await run(["read", file], "")));
}
