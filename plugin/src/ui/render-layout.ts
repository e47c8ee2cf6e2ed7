import { create } from "@rbxts/vide";

import { Theme } from "../studio/theme";
import { stack } from "./components";
import { MARGIN, SCROLL_BAR } from "./metrics";
import { Layout } from "./screens/layout";

/** `above`: the header's space takes that of the body's margin. */
function margin(above = MARGIN): UIPadding {
	return create("UIPadding")({
		PaddingLeft: new UDim(0, MARGIN),
		PaddingRight: new UDim(0, MARGIN),
		PaddingTop: new UDim(0, above),
		PaddingBottom: new UDim(0, MARGIN),
	});
}

/** Header and footer; only what is between them scrolls. */
function fixed(name: string, order: number, content: GuiObject): Frame {
	return create("Frame")({
		Name: name,
		LayoutOrder: order,
		Size: UDim2.fromScale(1, 0),
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: margin(),
		[2]: content,
	});
}

/** The widget's children for a screen. */
export function renderLayout(theme: Theme, layout: Layout): GuiObject[] {
	const { header, body, footer } = layout;
	const scrolling = create("ScrollingFrame")({
		Name: "Body",
		LayoutOrder: 2,
		Size: UDim2.fromScale(1, 0),
		AutomaticCanvasSize: Enum.AutomaticSize.Y,
		CanvasSize: UDim2.fromOffset(0, 0),
		ScrollingDirection: Enum.ScrollingDirection.Y,
		ScrollBarThickness: SCROLL_BAR,
		ScrollBarImageColor3: theme.scrollBar,
		BackgroundTransparency: 1,
		BorderSizePixel: 0,
		[1]: create("UIFlexItem")({ FlexMode: Enum.UIFlexMode.Fill }),
		[2]: margin(header && 2),
		[3]: stack(body),
	});
	const shown: GuiObject[] = [];
	if (header !== undefined) shown.push(fixed("Header", 1, stack(header)));
	shown.push(scrolling);
	if (footer !== undefined) shown.push(fixed("Footer", 3, footer));
	return shown;
}
