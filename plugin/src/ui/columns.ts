import { BODY_SIZE, BUTTON_PADDING, FONT_BOLD, MIN_WIDTH } from "./metrics";
import { contentWidth, textWidth } from "./width";

/** So that a button's text stays on one line. */
function neededWidth(child: GuiObject): number {
	if (!child.IsA("TextButton")) return MIN_WIDTH;
	return textWidth(child.Text, BODY_SIZE, FONT_BOLD) + 2 * BUTTON_PADDING;
}

/**
 * Sizes children for a list that wraps: as many beside each other as have room, and the last line is filled too.
 * Reactive.
 */
export function sizeColumns(children: GuiObject[], gap: number): void {
	const count = children.size();
	const needed = math.max(...children.map(neededWidth));
	const fitting = math.floor((contentWidth() + gap) / (needed + gap));
	const columns = math.clamp(fitting, 1, math.max(count, 1));
	const lastLine = count - (count % columns);
	children.forEach((child, index) => {
		const beside = index < lastLine ? columns : count - lastLine;
		child.Size = new UDim2(1 / beside, -math.ceil((gap * (beside - 1)) / beside), 0, 0);
	});
}
