import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { buildPlugin } from "../../plugin/build/build-plugin.ts";
import { ToolMissingError } from "../../plugin/build/tool-missing-error.ts";
import { signUpAt } from "../server/person.ts";
import { openStudio, type Studio } from "../studio/studio.ts";
import { type DemoBackend, startBackend } from "./demo/backend.ts";
import { quote, StoryError, tell } from "./demo/narrator.ts";
import { writeDemoPlace } from "./demo/place.ts";
import { playStory } from "./demo/story.ts";

/** `npm run demo`: the whole story with real parts, except for Studio. Exits with 1 if a check fails. */
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
/** Game servers refuse a loopback address; this name is routed to the backend within the demo. */
const PUBLIC_URL = "https://keys.moonlit.example";
const SAVED_PLACE = join(REPOSITORY, "build", "demo.rbxl");

const folder = await mkdtemp(join(tmpdir(), "auxvyn-demo-"));
let backend: DemoBackend | undefined;
let studio: Studio | undefined;
try {
	console.log(
		"The whole loop: a real backend, the built plugin, a real place file, and Roblox Studio simulated in Lune.",
	);
	await buildPlugin();
	tell("A backend starts with an empty database and prints a link, with which Rin creates the first account.");
	backend = await startBackend({ DATA_DIR: join(folder, "data"), PUBLIC_URL, SIGN_UP: "invite", LOG_LEVEL: "info" });
	const { url, advance, log } = backend;
	const rin = await signUpAt(url, "Rin", PUBLIC_URL, backend.setupToken);
	quote("backend", `${PUBLIC_URL}, routed to ${url}`);
	tell("Studio opens a place that has no key.");
	const place = await writeDemoPlace(join(folder, "shop.rbxl"));
	const opened = await openStudio({ place, server: PUBLIC_URL, network: { [PUBLIC_URL]: url } });
	studio = opened;
	await studio.toolbar();
	quote("widget", (await studio.widget()).texts.slice(0, 2));
	const pass = async (seconds: number) => {
		await advance(seconds);
		await opened.advance(seconds);
	};
	const written = async () => log() + (await bytesIn(join(folder, "data")));
	await playStory({ url, rin, studio, pass, savedPlace: SAVED_PLACE, written });
	console.log(`\nAll checks passed. Saved place: ${relative(process.cwd(), SAVED_PLACE)}`);
} catch (error) {
	console.error(
		`\n${error instanceof StoryError || error instanceof ToolMissingError ? error.message : String(error)}`,
	);
	process.exitCode = 1;
} finally {
	await studio?.close();
	await backend?.stop();
	await rm(folder, { recursive: true, force: true });
}

/** All files in a folder, one character per byte. */
async function bytesIn(folder: string): Promise<string> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1"));
	return (await Promise.all(files)).join("\n");
}
