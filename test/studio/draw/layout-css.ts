import { component, type Dim, type Dim2, type GuiNode, type GuiProperties } from "./gui-node.ts";

export type Css = Record<string, string>;

const ALONG = { Left: "flex-start", Top: "flex-start", Center: "center", Right: "flex-end", Bottom: "flex-end" };
const SPREAD: Record<string, string> = {
	SpaceAround: "space-around",
	SpaceBetween: "space-between",
	SpaceEvenly: "space-evenly",
};

export function length([scale, offset]: Dim): string {
	if (scale === 0) return `${offset}px`;
	return offset === 0 ? `${scale * 100}%` : `calc(${scale * 100}% + ${offset}px)`;
}

const widthOf = ([scale, offset]: Dim2): string => length([scale, offset]);
export const heightOf = ([, , scale, offset]: Dim2): string => length([scale, offset]);

/** The direction of a UIListLayout; undefined if children are placed by Position. */
function flowOf(node: GuiNode): "row" | "column" | undefined {
	const layout = component(node, "UIListLayout");
	if (layout === undefined) return undefined;
	return layout.FillDirection === "Horizontal" ? "row" : "column";
}

/** Whether a node grows with children placed by Position. */
function isStack(node: GuiNode): boolean {
	const { AutomaticSize = "None" } = node.properties;
	return AutomaticSize !== "None" && flowOf(node) === undefined && component(node, "UIGridLayout") === undefined;
}

/** UIPadding insets all children, CSS padding only those in the flow: the others need an extra box. */
export function insetCss(node: GuiNode): Css | undefined {
	const padding = component(node, "UIPadding");
	if (padding === undefined || flowOf(node) !== undefined || isStack(node) || component(node, "UIGridLayout"))
		return undefined;
	const { PaddingTop, PaddingRight, PaddingBottom, PaddingLeft } = padding;
	const inset = [PaddingTop, PaddingRight, PaddingBottom, PaddingLeft].map((side) => length(side ?? [0, 0])).join(" ");
	return { position: "absolute", inset };
}

/** UIListLayout, UIGridLayout and UIPadding as CSS of their parent. */
export function containerCss(node: GuiNode): Css {
	const padding = component(node, "UIPadding");
	const css: Css = {};
	if (padding) {
		const { PaddingTop, PaddingRight, PaddingBottom, PaddingLeft } = padding;
		css["padding"] = [PaddingTop, PaddingRight, PaddingBottom, PaddingLeft]
			.map((side) => length(side ?? [0, 0]))
			.join(" ");
	}
	const list = component(node, "UIListLayout");
	const flow = flowOf(node);
	if (list && flow) Object.assign(css, listCss(list, flow));
	if (isStack(node)) css["display"] = "grid";
	const grid = component(node, "UIGridLayout");
	if (grid?.CellSize && grid.CellPadding) {
		css["display"] = "flex";
		css["flex-wrap"] = "wrap";
		css["align-content"] = "flex-start";
		css["gap"] = `${heightOf(grid.CellPadding)} ${widthOf(grid.CellPadding)}`;
	}
	return css;
}

function listCss(list: Partial<GuiProperties>, flow: "row" | "column"): Css {
	const horizontal = ALONG[list.HorizontalAlignment ?? "Left"];
	const vertical = ALONG[list.VerticalAlignment ?? "Top"];
	const flex = (flow === "row" ? list.HorizontalFlex : list.VerticalFlex) ?? "None";
	const across = (flow === "row" ? list.VerticalFlex : list.HorizontalFlex) ?? "None";
	const css: Css = {
		display: "flex",
		"flex-direction": flow,
		"justify-content": SPREAD[flex] ?? (flow === "row" ? horizontal : vertical),
		"align-items": across === "Fill" ? "stretch" : flow === "row" ? vertical : horizontal,
		gap: length(list.Padding ?? [0, 0]),
	};
	// E/UIListLayout: whether children of one line get the height of the highest.
	if (list.ItemLineAlignment === "Stretch") css["align-items"] = "stretch";
	if (list.Wraps === true) css["flex-wrap"] = "wrap";
	return css;
}

function flexItemCss(node: GuiNode, parent: GuiNode, flow: "row" | "column"): Css {
	const list = component(parent, "UIListLayout");
	const fill = (flow === "row" ? list?.HorizontalFlex : list?.VerticalFlex) === "Fill";
	const item = component(node, "UIFlexItem");
	const mode = item?.FlexMode ?? (fill ? "Fill" : "None");
	const grow = mode === "Grow" || mode === "Fill" ? 1 : mode === "Custom" ? (item?.GrowRatio ?? 0) : 0;
	const shrink = mode === "Shrink" || mode === "Fill" ? 1 : mode === "Custom" ? (item?.ShrinkRatio ?? 0) : 0;
	return { "flex-grow": String(grow), "flex-shrink": String(shrink) };
}

/** A node's position and size inside its parent. */
export function boxCss(node: GuiNode, parent: GuiNode | undefined): Css {
	const {
		Size = [0, 0, 0, 0],
		Position = [0, 0, 0, 0],
		AnchorPoint = [0, 0],
		AutomaticSize = "None",
	} = node.properties;
	const flow = parent && flowOf(parent);
	const cell = parent && component(parent, "UIGridLayout")?.CellSize;
	const size = cell ?? Size;
	const css: Css = { position: "relative" };
	const growsX = AutomaticSize === "X" || AutomaticSize === "XY";
	const growsY = AutomaticSize === "Y" || AutomaticSize === "XY";
	css[growsX ? "min-width" : "width"] = widthOf(size);
	css[growsY ? "min-height" : "height"] = heightOf(size);
	if (growsX) css["width"] = "max-content";
	if (growsX && size[0] > 0) css["max-width"] = "100%";
	if (flow) Object.assign(css, flexItemCss(node, parent, flow));
	else if (parent && isStack(parent)) Object.assign(css, stackedCss(Position));
	else if (!cell) Object.assign(css, placedCss(Position, AnchorPoint));
	const limits = component(node, "UISizeConstraint");
	if (limits?.MaxSize && limits.MaxSize[0] < 1e6) css["max-width"] = `${limits.MaxSize[0]}px`;
	if (limits?.MaxSize && limits.MaxSize[1] < 1e6) css["max-height"] = `${limits.MaxSize[1]}px`;
	if (limits?.MinSize && limits.MinSize[0] > 0) css["min-width"] = `${limits.MinSize[0]}px`;
	if (limits?.MinSize && limits.MinSize[1] > 0) css["min-height"] = `${limits.MinSize[1]}px`;
	const aspect = component(node, "UIAspectRatioConstraint");
	if (aspect?.AspectRatio) Object.assign(css, { "aspect-ratio": String(aspect.AspectRatio), height: "auto" });
	return css;
}

function stackedCss(position: Dim2): Css {
	return { "grid-area": "1 / 1", "margin-left": widthOf(position), "margin-top": heightOf(position) };
}

function placedCss(position: Dim2, [anchorX, anchorY]: [number, number]): Css {
	const css: Css = { position: "absolute", left: widthOf(position), top: heightOf(position) };
	if (anchorX !== 0 || anchorY !== 0) css["translate"] = `${-anchorX * 100}% ${-anchorY * 100}%`;
	return css;
}
