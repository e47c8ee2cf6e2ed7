import { TextService } from "@rbxts/services";
import { source } from "@rbxts/vide";

import { CARD_PADDING, ICON_WIDTH, MARGIN } from "./metrics";

const DEFAULT_WIDTH = 300;

const UNLIMITED = new Vector2(math.huge, math.huge);

const widgetWidth = source(DEFAULT_WIDTH);

/** Follows the width of the plugin's only widget. */
export function followWidth(widget: GuiBase2d): RBXScriptConnection {
	const update = () => {
		// It is 0 until the widget is first drawn.
		if (widget.AbsoluteSize.X > 0) widgetWidth(widget.AbsoluteSize.X);
	};
	update();
	return widget.GetPropertyChangedSignal("AbsoluteSize").Connect(update);
}

/** Between the margins, in pixels. Reactive. */
export function contentWidth(): number {
	return widgetWidth() - 2 * MARGIN;
}

/** Of the narrowest text: next to an icon in a card. Reactive. */
export function lineWidth(): number {
	return contentWidth() - 2 * CARD_PADDING - ICON_WIDTH;
}

/** Of a text on one line, in pixels. */
export function textWidth(text: string, size: number, font: Enum.Font): number {
	return TextService.GetTextSize(text, size, font, UNLIMITED).X;
}
