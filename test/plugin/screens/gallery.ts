import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { builtPlugin } from "../../studio/built-plugin.ts";
import type { DrawnWidget } from "../../studio/draw/gui-node.ts";
import { openStudio, type Studio } from "../../studio/studio.ts";
import { SCREEN_STATES, type ScreenState } from "./states.ts";

/** The playtest's widget has no state of a session. */
const PLAYTESTS: ScreenState[] = ["playtest", "playtest, code"].map((name) => ({ name, screen: { kind: "playtest" } }));

export type { ScreenState };

export const GALLERY: ScreenState[] = [...SCREEN_STATES, ...PLAYTESTS];

const NOWHERE = "http://127.0.0.1:9";
/** The first Script of the model: the others are modules. */
const ENTRY_SOURCE = /(<Item class="Script"[\s\S]*?<string name="Source">)<!\[CDATA\[[\s\S]*?\]\]>/;

/** Shows every screen of the built plugin in a headless Studio. */
export class Gallery {
	readonly #studio: Studio;
	readonly #folder: string;

	private constructor(studio: Studio, folder: string) {
		this.#studio = studio;
		this.#folder = folder;
	}

	static async open(): Promise<Gallery> {
		const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-gallery-"));
		const built = await readFile(await builtPlugin(), "utf8");
		const entry = await readFile(path.join(import.meta.dirname, "gallery.luau"), "utf8");
		const source = entry.replace("STATES", () => JSON.stringify(SCREEN_STATES));
		const plugin = path.join(folder, "Gallery.rbxmx");
		const replaced = built.replace(ENTRY_SOURCE, (_, before: string) => `${before}<![CDATA[${source}]]>`);
		if (replaced === built) throw new Error("The built plugin has no Script whose source could be replaced");
		await writeFile(plugin, replaced);
		return new Gallery(await openStudio({ server: NOWHERE, plugin }), folder);
	}

	get studio(): Studio {
		return this.#studio;
	}

	/** Mounts the widget in a state. */
	async show(name: string): Promise<DrawnWidget> {
		await this.#studio.click(name);
		const widget = await this.#studio.drawn();
		if (!widget.root.children.some((child) => child.name === "Auxvyn")) {
			const output = await this.#studio.studioOutput();
			throw new Error(`The screen "${name}" could not be mounted:\n${output.join("\n")}`);
		}
		return widget;
	}

	async close(): Promise<void> {
		await this.#studio.close();
		await rm(this.#folder, { recursive: true, force: true });
	}
}
