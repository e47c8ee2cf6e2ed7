import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { bakeAddress } from "../../plugin/build/bake-address.ts";
import { buildPlugin } from "../../plugin/build/build-plugin.ts";
import { drawWidget } from "./draw/draw-widget.ts";
import type { DrawnWidget } from "./draw/gui-node.ts";
import { type Answer, LuneProcess } from "./lune-process.ts";
import { type PlaceNode, toPlaceNodes } from "./place-node.ts";
import type { OpenOptions, ScreenshotOptions, StudioOptions } from "./studio-options.ts";
import type { Copy, History, Refusal, RefusalOptions, ServerOutput, ToolbarButton, Widget } from "./studio-types.ts";

/** A headless Studio with one open place. Commands run one after another, in the order in which they are called. */
export class Studio {
	readonly #lune: LuneProcess;
	readonly #folder: string;

	constructor(lune: LuneProcess, folder: string) {
		this.#lune = lune;
		this.#folder = folder;
	}

	/** The process id of Lune. */
	get pid(): number | undefined {
		return this.#lune.pid;
	}

	/** Opens the widget from the toolbar where it is closed, and says which buttons the toolbar has. */
	async toolbar(): Promise<ToolbarButton[]> {
		return (await this.#ask("toolbar"))["toolbar"] as ToolbarButton[];
	}

	async widget(copy?: Copy): Promise<Widget> {
		return toWidget(await this.#ask("widget", { copy }));
	}

	/** Clicks a button by its name or what stands on it; of the widget, else of the toolbar. */
	async click(name: string, copy?: Copy): Promise<void> {
		await this.#ask("click", { name, copy });
	}

	async type(name: string, text: string, enter = false): Promise<void> {
		await this.#ask("type", { name, text, enter });
	}

	/** Until a text shows in the widget; `seconds` of real time. */
	async waitFor(text: string, seconds = 10): Promise<Widget> {
		return toWidget(await this.#ask("wait", { text, seconds }));
	}

	/**
	 * Until the plugin is not busy, or waits for a person; `seconds` of real time. Where it waited already, the person may
	 * have answered meanwhile: then until it has asked its server once more.
	 */
	async settle(seconds = 30): Promise<Widget> {
		return toWidget(await this.#ask("settle", { seconds }));
	}

	/** Jumps the scripts' clock ahead, as if the time had passed. */
	async advance(seconds: number): Promise<void> {
		await this.#ask("advance", { seconds });
	}

	/** Closes the open place and opens another; a new baseplate where no file is given. */
	async open(file?: string, options: OpenOptions = {}): Promise<Widget> {
		return toWidget(await this.#ask("open", { file, ...options }));
	}

	async save(file: string): Promise<void> {
		await this.#ask("save", { file });
	}

	async undo(): Promise<void> {
		await this.#ask("undo");
	}

	async redo(): Promise<void> {
		await this.#ask("redo");
	}

	/** Starts a playtest: a server and a client beside the edit copy, each with its copy of the plugin. */
	async play(): Promise<void> {
		await this.#ask("play");
	}

	async stop(): Promise<void> {
		await this.#ask("stop");
	}

	/** `http`: the plugin's requests, and the experience's Allow HTTP Requests; other names end that refusal. */
	async allow(what: Refusal): Promise<void> {
		await this.#ask("allow", { what });
	}

	async refuse(what: Refusal, options: RefusalOptions = {}): Promise<void> {
		await this.#ask("refuse", { what, ...options });
	}

	/** Publishes the place as it stands and starts a server of it; answers when its first requests are over. */
	async publish(): Promise<ServerOutput> {
		return toServer(await this.#ask("publish"));
	}

	/** One more server of what was published last. */
	async startServer(): Promise<ServerOutput> {
		return toServer(await this.#ask("server"));
	}

	async output(server: number): Promise<ServerOutput> {
		return toServer(await this.#ask("output", { server }));
	}

	/** Until a server has printed a text; `seconds` of real time. */
	async waitForOutput(server: number, text: string, seconds = 10): Promise<ServerOutput> {
		return toServer(await this.#ask("wait", { server, text, seconds }));
	}

	/** What the plugin, or the playtest's scripts, printed in Studio. */
	async studioOutput(copy: Copy = "edit"): Promise<string[]> {
		return (await this.#ask("output", { copy }))["output"] as string[];
	}

	/** Until the plugin, or the playtest's scripts, printed a text; `seconds` of real time. */
	async waitForStudioOutput(text: string, seconds = 10, copy: Copy = "edit"): Promise<string[]> {
		await this.#ask("wait", { printed: true, text, seconds, copy });
		return await this.studioOutput(copy);
	}

	async shutdown(server: number): Promise<ServerOutput> {
		return toServer(await this.#ask("shutdown", { server }));
	}

	/** The open place as data. */
	async place(copy: Copy = "edit"): Promise<PlaceNode[]> {
		return toPlaceNodes((await this.#ask("tree", { copy }))["place"]);
	}

	async history(): Promise<History> {
		const { undo, unrecorded, recording } = await this.#ask("history");
		return { undo, unrecorded, recording } as History;
	}

	/** Commits the drafts of scripts (see the refusal `drafts`). */
	async commitDrafts(): Promise<void> {
		await this.#ask("commit");
	}

	/** What the plugin keeps in its settings, all keys. */
	async settings(): Promise<Record<string, unknown>> {
		const { settings } = await this.#ask("settings");
		return Array.isArray(settings) ? {} : (settings as Record<string, unknown>);
	}

	async setTheme(theme: "dark" | "light"): Promise<void> {
		await this.#ask("theme", { name: theme });
	}

	/** Draws the widget into a PNG file. */
	async screenshot(file: string, options: ScreenshotOptions = {}): Promise<void> {
		const { theme, copy, ...size } = options;
		if (theme) await this.setTheme(theme);
		const { widget } = await this.#ask("draw", { copy });
		await drawWidget(widget as DrawnWidget, file, size);
	}

	/** Closes the open place, as a person would: the plugin unloads. Servers go on. */
	async closePlace(): Promise<void> {
		await this.#ask("close");
	}

	/** A command as the JSON-lines protocol has it; rejects with a StudioError where it fails. */
	raw(command: Record<string, unknown>): Promise<Record<string, unknown>> {
		return this.#lune.ask({ ...command, do: String(command["do"]) });
	}

	async close(): Promise<void> {
		await this.#lune.close();
		await rm(this.#folder, { recursive: true, force: true });
	}

	/** Becomes another Studio: nothing is open, published, remembered, allowed or refused. Only its clock goes on. */
	async startAfresh(): Promise<void> {
		await this.#ask("afresh");
	}

	/** Opens the first place, of a new Studio or one that started afresh. */
	async begin(options: Omit<StudioOptions, "log">): Promise<void> {
		const plugin = path.join(this.#folder, "Auxvyn.rbxmx");
		const built = await readFile(options.plugin ?? (await buildPlugin()), "utf8");
		await writeFile(plugin, bakeAddress(built, options.server));
		const { place: file, facts, factOverrides, widgetOpen, theme, network, secrets } = options;
		await this.#ask("open", { plugin, file, facts, factOverrides, widgetOpen, network, secrets });
		if (theme) await this.setTheme(theme);
	}

	#ask(command: string, fields: Record<string, unknown> = {}): Promise<Answer> {
		return this.#lune.ask({ do: command, ...fields });
	}
}

/** Starts a headless Studio, builds the plugin where it is stale, and opens a place. Close it when done. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
	const lune = await LuneProcess.start(options.log ?? (() => undefined));
	const studio = new Studio(lune, await mkdtemp(path.join(tmpdir(), "auxvyn-studio-")));
	try {
		await studio.begin(options);
	} catch (error) {
		await studio.close();
		throw error;
	}
	return studio;
}

function toWidget(answer: Answer): Widget {
	const { open, title, state, busy, texts, buttons, boxes } = answer as unknown as Widget;
	return { open, title, state, busy, texts, buttons, boxes };
}

function toServer(answer: Answer): ServerOutput {
	const { server, jobId, version, output, levels } = answer as unknown as ServerOutput;
	return { server, jobId, version, output, levels };
}
