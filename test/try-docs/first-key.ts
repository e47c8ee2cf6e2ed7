import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { endGroup, networkOf, runIn, startIn } from "../debian/root.ts";
import { signUpAt } from "../server/person.ts";
import { openStudio } from "../studio/studio.ts";
import { commandsIn, sectionOf, stepsIn } from "./commands.ts";
import { type Lap, startLaps } from "./laps.ts";

const URL = "http://localhost:8787";
const LINK = /http:\/\/localhost:8787\/setup#token=([\w-]{43})/;
const FAILED = /failed|Error:/;

/** From a clone to a key in a place, by the commands of README.md alone. In a root with git and Node 20, and no Rust. */
export async function tryFirstKey(root: string): Promise<{ steps: number; laps: Lap[] }> {
	const text = await sectionOf("README.md", "## Three steps");
	const [command = ""] = commandsIn(text);
	const settings = { env: await networkOf(root), folder: "/home/node", user: "node" };
	const rust = await runIn(root, settings, ["sh", "-c", "command -v cargo rustc rojo lune chromium"]);
	if (rust.code === 0) throw new Error(`The root is not bare: ${rust.output}`);

	const { laps, lap } = startLaps();
	const cloned = await runIn(root, settings, ["git", "clone", "--quiet", "/srv/auxvyn.bundle", "auxvyn"]);
	if (cloned.code !== 0) throw new Error(cloned.output);
	lap("git clone");

	const server = startIn(root, { ...settings, folder: "/home/node/auxvyn" }, ["sh", "-c", command]);
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-try-docs-"));
	try {
		const token = await new Promise<string>((resolve, reject) => {
			let output = "";
			const read = (chunk: Buffer) => {
				output += chunk.toString();
				const found = LINK.exec(output)?.[1];
				if (found !== undefined) resolve(found);
			};
			server.stdout?.on("data", read);
			server.stderr?.on("data", read);
			server.on("close", () => reject(new Error(`${command} ended:\n${output}`)));
		});
		lap(command);
		const rin = await signUpAt(URL, "Rin", URL, token);
		lap("the link, and an account");

		const plugin = path.join(folder, "Auxvyn.rbxmx");
		const download = await rin.request("GET", "/plugin/Auxvyn.rbxmx");
		await writeFile(plugin, Buffer.from(await download.arrayBuffer()));
		const studio = await openStudio({ server: URL, plugin });
		try {
			await studio.click("Connect");
			const { boxes } = await studio.waitFor("Approve in your browser");
			const code = boxes.find((box) => box.name === "UserCode")?.text ?? "";
			const approved = await rin.approve(code);
			if (!approved.ok) throw new Error(`Approving answered ${approved.status}.`);
			const { texts } = await studio.waitFor("Connected", 20);
			if (texts.some((each) => FAILED.test(each))) throw new Error(texts.join("\n"));
		} finally {
			await studio.close();
		}
		lap("the plugin, and Connect in the headless Studio");
		return { steps: stepsIn(text), laps };
	} finally {
		server.removeAllListeners("close");
		await endGroup(server);
		await rm(folder, { recursive: true, force: true });
	}
}
