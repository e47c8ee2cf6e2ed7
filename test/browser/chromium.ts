import { access } from "node:fs/promises";
import path from "node:path";

import { chromium, type LaunchOptions } from "playwright-core";

import { findExecutables, versionOf } from "../../plugin/build/executables.ts";
import { type Reporter, screenReporter } from "../../plugin/build/reporter.ts";
import { installByApt, installByPlaywright } from "./install-chromium.ts";

export interface FindChromiumOptions {
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
}

/** The first has no window to draw and takes two thirds of the time. */
const NAMES = [
	"chromium-headless-shell",
	"chromium",
	"chromium-browser",
	"google-chrome-stable",
	"google-chrome",
	"chrome",
];

const ELSEWHERE: Partial<Record<NodeJS.Platform, string[]>> = {
	darwin: [
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	],
	win32: [
		"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
		"C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
		"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
	],
};

/** No first-run pages, no requests of the browser's own. */
const ARGUMENTS = [
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/**
 * The path of a Chromium: `CHROMIUM_PATH`, else one on the machine, else playwright's own; else it is installed, by
 * playwright or, as root on Debian, by apt. Throws saying what was tried and what to do.
 */
export async function findChromium(options: FindChromiumOptions = {}): Promise<string> {
	const { env = process.env, reporter = screenReporter() } = options;
	if (env.CHROMIUM_PATH) {
		if (await exists(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, and there is no such file: correct or unset it.`);
	}
	const present = (await onMachine(env)) ?? (await playwrightsOwn());
	if (present !== undefined) return present;
	const refusals: string[] = [];
	for (const install of [installByPlaywright, installByApt]) {
		try {
			await install(env, reporter);
			const installed = (await playwrightsOwn()) ?? (await onMachine(env));
			if (installed !== undefined) return installed;
			refusals.push(`${install.name}: it ran, but there is no Chromium after it`);
		} catch (error) {
			refusals.push(error instanceof Error ? error.message : String(error));
		}
	}
	throw new Error(
		[
			"Chromium is needed for the browser tests and pictures, and no way to get it worked:",
			...["no chromium or chrome on PATH, and none of playwright's", ...refusals].map((why) => `  - ${why}`),
			"What to do: install Chromium or Chrome, or set CHROMIUM_PATH to one, and run this again.",
		].join("\n"),
	);
}

/** For `chromium.launch`: which Chromium, and how. */
export async function launchOptions(options: FindChromiumOptions = {}): Promise<LaunchOptions> {
	// Chromium's sandbox refuses to start as root; it opens only pages of our own.
	return { executablePath: await findChromium(options), headless: true, chromiumSandbox: false, args: ARGUMENTS };
}

async function onMachine(env: NodeJS.ProcessEnv): Promise<string | undefined> {
	for (const name of NAMES) {
		for (const file of await findExecutables(name, env)) {
			// Ubuntu's is a script that says to install a snap. On Windows asking would open a window.
			if (process.platform === "win32" || (await versionOf(file, path.dirname(file), env)) !== undefined) return file;
		}
	}
	for (const file of ELSEWHERE[process.platform] ?? []) if (await exists(file)) return file;
	return undefined;
}

async function playwrightsOwn(): Promise<string | undefined> {
	const file = chromium.executablePath();
	return (await exists(file)) ? file : undefined;
}

async function exists(file: string): Promise<boolean> {
	return await access(file).then(
		() => true,
		() => false,
	);
}
