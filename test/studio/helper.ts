import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll } from "vitest";

import { freePort } from "../server/free-port.ts";
import { WIDGET_PLUGIN, writePlugin } from "./fixtures/plugin-file.ts";
import { openStudio, type Studio } from "./studio.ts";
import type { OpenOptions } from "./studio-options.ts";

const END = "<end of the probe>";

/** For plugins that send no requests; the engine blocks this port. */
export const NOWHERE = "http://127.0.0.1:9";

export interface Bench {
	studio: Studio;
	/** A path in a temporary folder. */
	file: (name: string) => string;
	/** Opens a place with a plugin of this Luau. Returns its output once it has finished. */
	probe: (luau: string, options?: ProbeOptions) => Promise<string[]>;
	/** Opens a place with a plugin of this Luau, without waiting for it to finish. */
	load: (luau: string, options?: ProbeOptions) => Promise<void>;
	/** Opens a place with the fixture plugin, set to `server`. */
	openWidget: (server?: string, place?: string) => Promise<void>;
}

export interface ProbeOptions extends OpenOptions {
	place?: string;
	/** ModuleScripts inside the plugin's Script. */
	modules?: Record<string, string>;
}

/** One headless Studio for a test file, closed after the tests. */
export async function openBench(): Promise<Bench> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-bench-"));
	const file = (name: string) => path.join(folder, name);
	const plugin = writePlugin(file("plugin.rbxmx"), "");
	const studio = await openStudio({ server: NOWHERE, plugin });
	afterAll(async () => {
		await studio.close();
		await rm(folder, { recursive: true, force: true });
	});
	let probes = 0;
	async function load(luau: string, { place, modules, ...options }: ProbeOptions = {}): Promise<void> {
		probes += 1;
		const probe = writePlugin(file(`probe-${probes}.rbxmx`), luau, modules);
		await studio.raw({ do: "open", plugin: probe, file: place, ...options });
	}
	return {
		studio,
		file,
		load,
		async probe(luau, options) {
			await load(`${luau}\nprint("${END}")`, options);
			const printed = await studio.waitForStudioOutput(END);
			return printed.filter((line) => line !== END);
		},
		async openWidget(server = NOWHERE, place) {
			const widget = writePlugin(file("widget.rbxmx"), WIDGET_PLUGIN);
			await studio.raw({ do: "open", plugin: widget, address: server, file: place });
		},
	};
}

/** An address without a server. */
export const unusedAddress = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

/** Starts an HTTP server until the end of the tests. Returns its address. */
export async function listen(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	afterAll(() => {
		server.closeAllConnections();
		return new Promise((resolve) => server.close(resolve));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
