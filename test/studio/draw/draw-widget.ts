import type { DrawnWidget } from "./gui-node.ts";
import { Painter } from "./painter.ts";
import type { FrameOptions } from "./widget-html.ts";

/** Draws a widget into a PNG file, at two pixels per CSS pixel. */
export async function drawWidget(widget: DrawnWidget, file: string, options: FrameOptions): Promise<void> {
	const painter = await Painter.start();
	try {
		await painter.draw(widget, file, options);
	} finally {
		await painter.close();
	}
}
