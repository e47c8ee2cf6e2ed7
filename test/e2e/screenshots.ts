import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { takeScreenshots } from "../browser/screenshots.ts";
import { signUpAt } from "../server/person.ts";
import { startServer } from "../server/server-process.ts";
import { writePlace } from "../studio/place-file.ts";
import { openStudio, type Studio } from "../studio/studio.ts";
import { drawScreenSheets } from "./screen-sheets.ts";

/**
 * `npm run screenshots`: the pictures of dashboard and widget in `docs/`, dark and light, and all screens of the widget in
 * `build/screens/`, at three widths. `-- widget` leaves out the dashboard.
 */
const onlyWidget = process.argv.includes("widget");
const SCREENS = fileURLToPath(new URL("../../build/screens", import.meta.url));
const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));
const PUBLIC_URL = "https://keys.moonlit.example";
const SIZE = { width: 300, height: 400 };

async function picture(studio: Studio, name: string): Promise<void> {
	for (const theme of ["dark", "light"] as const) {
		await studio.screenshot(join(DOCS, `widget-${name}-${theme}.png`), { ...SIZE, theme });
	}
}

async function takeWidgetPictures(folder: string): Promise<void> {
	const server = await startServer({ DATA_DIR: join(folder, "data"), PUBLIC_URL, LOG_LEVEL: "warn" });
	const url = `http://127.0.0.1:${server.port}`;
	const place = await writePlace(join(folder, "Crystal Caverns.rbxl"));
	const studio = await openStudio({ place, server: PUBLIC_URL, network: { [PUBLIC_URL]: url } });
	try {
		const rin = await signUpAt(url, "Rin", PUBLIC_URL);
		await studio.toolbar();
		await studio.settle();
		await picture(studio, "home");
		await studio.click("Connect");
		const waiting = await studio.settle();
		await picture(studio, "code");
		await rin.approve(waiting.boxes.find((box) => box.name === "UserCode")?.text ?? "", { label: "Production" });
		await studio.waitFor("Connected");
		await picture(studio, "connected");
		const exposed = await writePlace(join(folder, "exposed.rbxl"), [
			{
				class: "ReplicatedStorage",
				children: [{ class: "Script", name: "Auxvyn", tags: ["AuxvynKey"], source: "-- moved here by hand\n" }],
			},
		]);
		await studio.open(exposed);
		await studio.toolbar();
		await studio.settle();
		await picture(studio, "refused");
	} finally {
		await studio.close();
		await server.stop();
	}
}

const folder = await mkdtemp(join(tmpdir(), "auxvyn-pictures-"));
try {
	await mkdir(DOCS, { recursive: true });
	await takeWidgetPictures(folder);
	await drawScreenSheets(SCREENS);
	if (!onlyWidget) await takeScreenshots(DOCS);
} finally {
	await rm(folder, { recursive: true, force: true });
}
