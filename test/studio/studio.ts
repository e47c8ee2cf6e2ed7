import { builtPlugin } from "./built-plugin.ts";
import { drawWidget } from "./draw/draw-widget.ts";
import type { DrawnWidget } from "./draw/gui-node.ts";
import { type Answer, LuneProcess } from "./lune-process.ts";
import { type PlaceNode, toPlaceNodes } from "./place-node.ts";
import type {
	OpenOptions,
	RunOptions,
	ScreenshotOptions,
	ServerOptions,
	StudioOptions,
	Theme,
} from "./studio-options.ts";
import type {
	Copy,
	Fault,
	FaultOptions,
	Finding,
	History,
	PluginAction,
	SentRequest,
	ServerOutput,
	SyncStatus,
	ToolbarButton,
	Widget,
} from "./studio-types.ts";

const DEFAULT_WIDTH = 300;
const DEFAULT_HEIGHT = 400;

/** A headless Studio with one open place. Commands run one after another, in call order. */
export class Studio {
	readonly #lune: LuneProcess;

	constructor(lune: LuneProcess) {
		this.#lune = lune;
	}

	/** Lune's process id. */
	get pid(): number | undefined {
		return this.#lune.pid;
	}

	/** Opens the widget from the toolbar if it is closed, and returns the toolbar's buttons. */
	async toolbar(): Promise<ToolbarButton[]> {
		return (await this.#send("toolbar"))["toolbar"] as ToolbarButton[];
	}

	async widget(copy?: Copy): Promise<Widget> {
		return toWidget(await this.#send("widget", { copy }));
	}

	/** Clicks a button of the widget, or else of the toolbar, by its name or text. */
	async click(name: string, copy?: Copy): Promise<void> {
		await this.#send("click", { name, copy });
	}

	/** Moves the mouse over a button of the widget, and holds it down there if `down`. */
	async point(name: string, down = false): Promise<void> {
		await this.#send("point", { name, down });
	}

	async type(name: string, text: string, enter = false): Promise<void> {
		await this.#send("type", { name, text, enter });
	}

	/** Waits until the widget shows a text, for at most `seconds` of real time. */
	async waitFor(text: string, seconds = 10, copy?: Copy): Promise<Widget> {
		return toWidget(await this.#send("wait", { text, seconds, copy }));
	}

	/**
	 * Waits until the plugin is idle or waits for the user, for at most `seconds` of real time. If it already waited for
	 * the user, who may have approved in the meantime, waits until it has polled once more.
	 */
	async settle(seconds = 30): Promise<Widget> {
		return toWidget(await this.#send("settle", { seconds }));
	}

	/** Advances the virtual clock. */
	async advance(seconds: number): Promise<void> {
		await this.#send("advance", { seconds });
	}

	/** Closes the open place and opens another; without a file, a new baseplate. */
	async open(file?: string, options: OpenOptions = {}): Promise<Widget> {
		return toWidget(await this.#send("open", { file, ...options }));
	}

	async save(file: string): Promise<void> {
		await this.#send("save", { file });
	}

	async undo(): Promise<void> {
		await this.#send("undo");
	}

	async redo(): Promise<void> {
		await this.#send("redo");
	}

	/** Opens a second Studio with the place, as a colleague's in Team Create or as another window of the same user. */
	async join(how: "team-create" | "window"): Promise<Widget> {
		return toWidget(await this.#send("join", { how }));
	}

	/** Starts a playtest: a server and a client besides the edit copy, each with its own copy of the plugin. */
	async play(): Promise<void> {
		await this.#send("play");
	}

	async stop(): Promise<void> {
		await this.#send("stop");
	}

	/** `http`: the plugin's requests and the experience's Allow HTTP Requests. Other names clear that fault. */
	async allow(what: Fault): Promise<void> {
		await this.#send("allow", { what });
	}

	/** Injects a fault. */
	async refuse(what: Fault, options: FaultOptions = {}): Promise<void> {
		await this.#send("refuse", { what, ...options });
	}

	/** Publishes the place and starts a server. Returns once its first requests are done. */
	async publish(): Promise<ServerOutput> {
		return toServer(await this.#send("publish"));
	}

	/** Starts another server, on any version that was published. */
	async startServer(options: ServerOptions = {}): Promise<ServerOutput> {
		return toServer(await this.#send("server", { ...options }));
	}

	/** Ends a server at once: it says no goodbye. */
	async crash(server: number): Promise<ServerOutput> {
		return toServer(await this.#send("crash", { server }));
	}

	/** Sends requests for an origin elsewhere from now on, in turn where there are several addresses. */
	async route(origin: string, to: string | string[]): Promise<void> {
		await this.#send("network", { origin, to });
	}

	async output(server: number): Promise<ServerOutput> {
		return toServer(await this.#send("output", { server }));
	}

	/** Waits until a server has printed a text, for at most `seconds` of real time. */
	async waitForOutput(server: number, text: string, seconds = 10): Promise<ServerOutput> {
		return toServer(await this.#send("wait", { server, text, seconds }));
	}

	/** The output of the plugin, or of the playtest's scripts. */
	async studioOutput(copy: Copy = "edit"): Promise<string[]> {
		return (await this.#send("output", { copy }))["output"] as string[];
	}

	/** Waits until the plugin, or the playtest's scripts, printed a text, for at most `seconds` of real time. */
	async waitForStudioOutput(text: string, seconds = 10, copy: Copy = "edit"): Promise<string[]> {
		await this.#send("wait", { printed: true, text, seconds, copy });
		return await this.studioOutput(copy);
	}

	async shutdown(server: number): Promise<ServerOutput> {
		return toServer(await this.#send("shutdown", { server }));
	}

	/**
	 * Runs Luau as Studio's command bar does, or on a game server as a Script that runs after all others. Returns the value of
	 * an expression, or what the code returns, as text. Rejects with its error.
	 */
	async run(code: string, options: RunOptions = {}): Promise<string> {
		return String((await this.#send("run", { code, ...options }))["result"]);
	}

	/** The open place as data. */
	async place(copy: Copy = "edit"): Promise<PlaceNode[]> {
		return toPlaceNodes((await this.#send("tree", { copy }))["place"]);
	}

	async history(): Promise<History> {
		const { undo, unrecorded, recording } = await this.#send("history");
		return { undo, unrecorded, recording } as History;
	}

	/** Unloads the plugin, as when it is disabled; the place stays open. */
	async unload(): Promise<void> {
		await this.#send("unload");
	}

	/** Loads the plugin again, as after an update or when it is enabled. */
	async reload(): Promise<Widget> {
		return toWidget(await this.#send("reload"));
	}

	/** The requests of the plugin, of the playtest's scripts, or of a server's, in order. */
	async requests(of: { copy?: Copy; server?: number } = {}): Promise<SentRequest[]> {
		return (await this.#send("requests", of))["requests"] as SentRequest[];
	}

	/** Commits script drafts (see the fault `drafts`). */
	async commitDrafts(): Promise<void> {
		await this.#send("commit");
	}

	/** The plugin's actions, as people see them under Customize Shortcuts. */
	async actions(): Promise<PluginAction[]> {
		return (await this.#send("actions"))["actions"] as PluginAction[];
	}

	/** Presses the shortcut of an action. */
	async trigger(id: string): Promise<void> {
		await this.#send("trigger", { id });
	}

	/** The paths of what is selected in the Explorer. */
	async selection(): Promise<string[]> {
		return (await this.#send("selection"))["selection"] as string[];
	}

	/** Begins or ends Script Sync of an instance. */
	async sync(path: string, status: SyncStatus): Promise<void> {
		await this.#send("sync", { path, status });
	}

	/** What the plugin's script analysis callbacks report for a script. */
	async analyze(path: string): Promise<Finding[]> {
		return (await this.#send("analyze", { path }))["findings"] as Finding[];
	}

	/** All plugin settings. */
	async settings(): Promise<Record<string, unknown>> {
		const { settings } = await this.#send("settings");
		return Array.isArray(settings) ? {} : (settings as Record<string, unknown>);
	}

	async setTheme(theme: Theme): Promise<void> {
		await this.#send("theme", { name: theme });
	}

	/** Resizes the widget, for its plugin and for drawings. At first it is 300 × 400 pixels. */
	async resize(width: number, height: number): Promise<void> {
		await this.#send("resize", { width, height });
	}

	/** The widget as data for `test/studio/draw`. */
	async drawn(copy?: Copy): Promise<DrawnWidget> {
		return (await this.#send("draw", { copy }))["widget"] as DrawnWidget;
	}

	/** Draws the widget into a PNG file. */
	async screenshot(file: string, options: ScreenshotOptions = {}): Promise<void> {
		const { theme, copy, width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT } = options;
		if (theme) await this.setTheme(theme);
		await this.resize(width, height);
		await drawWidget(await this.drawn(copy), file, { width, height });
	}

	/** Closes the open place: the plugin unloads. Servers keep running. */
	async closePlace(): Promise<void> {
		await this.#send("close");
	}

	/** Sends a command of the JSON-lines protocol. Rejects with StudioError if it fails. */
	raw(command: Record<string, unknown>): Promise<Record<string, unknown>> {
		return this.#lune.send({ ...command, do: String(command["do"]) });
	}

	async close(): Promise<void> {
		await this.#lune.close();
	}

	/** Resets everything except the clock: open place, servers, settings, permissions, faults. */
	async startAfresh(): Promise<void> {
		await this.#send("afresh");
	}

	/** Opens the first place of a new or reset Studio. */
	async begin(options: Omit<StudioOptions, "log">): Promise<void> {
		// Lune reads the same file only once, so that its address is set there.
		const plugin = options.plugin ?? (await builtPlugin());
		const { place: file, facts, factOverrides, widgetOpen, theme, network, secrets, localSecrets, copies } = options;
		await this.#send("open", {
			plugin,
			address: options.server,
			file,
			facts,
			factOverrides,
			widgetOpen,
			network,
			secrets,
			localSecrets,
			copies,
		});
		if (theme) await this.setTheme(theme);
	}

	#send(command: string, fields: Record<string, unknown> = {}): Promise<Answer> {
		return this.#lune.send({ do: command, ...fields });
	}
}

/** Starts a headless Studio, builds the plugin if it is stale, and opens a place. Close it when done. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
	const studio = new Studio(await LuneProcess.start(options.log ?? (() => undefined)));
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
