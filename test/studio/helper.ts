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

/** For plugins that ask nobody; the engine refuses the port. */
export const NOWHERE = "http://127.0.0.1:9";

export interface Bench {
	studio: Studio;
	/** A path in a folder that is removed after the tests. */
	file: (name: string) => string;
	/** Opens a place with a plugin of this Luau; gives what it printed, once it came to its end. */
	probe: (luau: string, options?: ProbeOptions) => Promise<string[]>;
	/** Opens a place with a plugin of this Luau, and does not wait for its end. */
	load: (luau: string, options?: ProbeOptions) => Promise<void>;
	/** Opens a place with the fixture plugin, whose widget speaks to `server`. */
	openWidget: (server?: string, place?: string) => Promise<void>;
}

export interface ProbeOptions extends OpenOptions {
	place?: string;
	/** ModuleScripts inside the plugin's Script. */
	modules?: Record<string, string>;
}

/** One headless Studio for a file of tests; it is closed after them. */
export async function openBench(): Promise<Bench> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-bench-"));
	const file = (name: string) => path.join(folder, name);
	const plugin = writePlugin(file("plugin.rbxmx"), "");
	const studio = await openStudio({ server: NOWHERE, plugin });
	afterAll(async () => {
		await studio.close();
		await rm(folder, { recursive: true, force: true });
	});
	let made = 0;
	async function load(luau: string, { place, modules, ...options }: ProbeOptions = {}): Promise<void> {
		made += 1;
		const probe = writePlugin(file(`probe-${made}.rbxmx`), luau, modules);
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

/** An address at which nobody listens. */
export const nobody = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

/** An HTTP server on a port of its own, closed after the tests; gives its address. */
export async function listen(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	afterAll(() => {
		server.closeAllConnections();
		return new Promise((resolve) => server.close(resolve));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
