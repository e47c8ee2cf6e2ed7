import { mkdir } from "node:fs/promises";
import path from "node:path";

import { GALLERY, Gallery } from "../plugin/screens/gallery.ts";
import { Painter, type SheetFrame } from "../studio/draw/painter.ts";

const SIZES = [
	{ width: 220, height: 400, columns: 8 },
	{ width: 300, height: 400, columns: 6 },
	{ width: 600, height: 400, columns: 3 },
];

/** Draws every screen of the widget, one file per width and theme: `screens-300-dark.png`. */
export async function drawScreenSheets(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const gallery = await Gallery.open();
	const painter = await Painter.start(1);
	try {
		for (const theme of ["dark", "light"] as const) {
			await gallery.studio.setTheme(theme);
			for (const { width, height, columns } of SIZES) {
				await gallery.studio.resize(width, height);
				const frames: SheetFrame[] = [];
				for (const { name } of GALLERY) frames.push({ widget: await gallery.show(name), caption: name, width, height });
				await painter.drawSheet(frames, columns, path.join(folder, `screens-${width}-${theme}.png`));
			}
		}
	} finally {
		await painter.close();
		await gallery.close();
	}
}
