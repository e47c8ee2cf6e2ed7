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

/** The headless shell comes first: it takes two thirds of the time. */
const NAMES = [
	"chromium-headless-shell",
	"chromium",
	"chromium-browser",
	"google-chrome-stable",
	"google-chrome",
	"chrome",
];

const KNOWN_PATHS: Partial<Record<NodeJS.Platform, string[]>> = {
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

/** No first-run pages or background requests. */
const ARGUMENTS = [
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/**
 * The path of a Chromium: `CHROMIUM_PATH`, one on this machine, or playwright's. If there is none, it is installed by
 * playwright or, as root on Debian, by apt. Throws saying what was tried and what to do.
 */
export async function findChromium(options: FindChromiumOptions = {}): Promise<string> {
	const { env = process.env, reporter = screenReporter() } = options;
	if (env.CHROMIUM_PATH) {
		if (await exists(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, but that file does not exist: correct or unset it.`);
	}
	const present = (await onMachine(env)) ?? (await fromPlaywright());
	if (present !== undefined) return present;
	const failures: string[] = [];
	for (const install of [installByPlaywright, installByApt]) {
		try {
			await install(env, reporter);
			const installed = (await fromPlaywright()) ?? (await onMachine(env));
			if (installed !== undefined) return installed;
			failures.push(`${install.name}: it ran, but there is still no Chromium`);
		} catch (error) {
			failures.push(error instanceof Error ? error.message : String(error));
		}
	}
	throw new Error(
		[
			"The browser tests and screenshots need Chromium, and no way to get it worked:",
			...["not found on PATH, nor installed by playwright", ...failures].map((why) => `  - ${why}`),
			"What to do: install Chromium or Chrome, or set CHROMIUM_PATH to one, and run this again.",
		].join("\n"),
	);
}

/** Options for `chromium.launch`. */
export async function launchOptions(options: FindChromiumOptions = {}): Promise<LaunchOptions> {
	// The sandbox refuses to run as root, and only our own pages are opened.
	return { executablePath: await findChromium(options), headless: true, chromiumSandbox: false, args: ARGUMENTS };
}

async function onMachine(env: NodeJS.ProcessEnv): Promise<string | undefined> {
	for (const name of NAMES) {
		for (const file of await findExecutables(name, env)) {
			// Ubuntu's is a stub that asks to install a snap. On Windows, asking for the version would open a window.
			if (process.platform === "win32" || (await versionOf(file, path.dirname(file), env)) !== undefined) return file;
		}
	}
	for (const file of KNOWN_PATHS[process.platform] ?? []) if (await exists(file)) return file;
	return undefined;
}

async function fromPlaywright(): Promise<string | undefined> {
	const file = chromium.executablePath();
	return (await exists(file)) ? file : undefined;
}

async function exists(file: string): Promise<boolean> {
	return await access(file).then(
		() => true,
		() => false,
	);
}
