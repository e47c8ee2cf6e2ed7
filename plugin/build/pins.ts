import { readFile } from "node:fs/promises";
import path from "node:path";

import { hashFiles } from "./hash-files.ts";

export type ReleasedTool = "rojo" | "lune";
export type ToolName = ReleasedTool | "luau-check";

/** A tool that others release. */
export interface ReleasedPin {
	name: ReleasedTool;
	/** The GitHub owner, as in rokit's storage. */
	author: string;
	version: string;
}

/** A tool whose source is in this repository. */
export interface SourcePin {
	name: "luau-check";
	version: string;
	/** The folder with its `Cargo.toml`. */
	folder: string;
	/** Of its sources. */
	digest: string;
}

export type Pin = ReleasedPin | SourcePin;

const LUAU_CHECK = "test/luau";
const RUST_SOURCES = ["Cargo.toml", "Cargo.lock", "build.rs", "src"];

export function readPin(name: ReleasedTool, repository: string): Promise<ReleasedPin>;
export function readPin(name: ToolName, repository: string): Promise<Pin>;
export async function readPin(name: ToolName, repository: string): Promise<Pin> {
	return name === "luau-check" ? readSourcePin(name, repository) : readReleasedPin(name, repository);
}

/** `rokit.toml` is the only place that specifies the version. */
async function readReleasedPin(name: ReleasedTool, repository: string): Promise<ReleasedPin> {
	const file = path.join(repository, "rokit.toml");
	const text = await readFile(file, "utf8");
	const entry = new RegExp(`^\\s*${name}\\s*=\\s*"([^"/@]+)/[^"/@]+@([^"@]+)"`, "m").exec(text);
	const [, author, version] = entry ?? [];
	if (author === undefined || version === undefined) {
		throw new Error(`${file} does not pin ${name}: it needs a line like ${name} = "owner/${name}@1.2.3"`);
	}
	return { name, author, version };
}

async function readSourcePin(name: "luau-check", repository: string): Promise<SourcePin> {
	const folder = path.join(repository, LUAU_CHECK);
	const manifest = await readFile(path.join(folder, "Cargo.toml"), "utf8");
	const version = /^version = "([^"]+)"/m.exec(manifest)?.[1];
	if (version === undefined) throw new Error(`${folder}/Cargo.toml has no version`);
	return { name, version, folder, digest: await hashFiles(folder, RUST_SOURCES) };
}

/** Of tools that are built otherwise than before, so that an older build is not used. */
const BUILDS: Partial<Record<ToolName, string>> = { lune: "-o1" };

/** Distinct for every build of a tool: its folder's name in the cache. */
export function buildName(pin: Pin): string {
	const name = `${pin.name}-${pin.version}${BUILDS[pin.name] ?? ""}`;
	return "digest" in pin ? `${name}-${pin.digest.slice(0, 8)}` : name;
}
