import { component, type GuiNode, type Rgb } from "./gui-node.ts";

/** A text or the part of an icon, and the colour behind it. */
export interface Pair {
	name: string;
	kind: "text" | "icon";
	color: Rgb;
	ground: Rgb;
}

function luminance([red, green, blue]: Rgb): number {
	const linear = (channel: number) => {
		const value = channel / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG 2's contrast ratio, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

/** All pairs in a widget. Text that is made transparent, because its control is disabled, is left out. */
export function colorPairs(node: GuiNode, ground: Rgb = [0, 0, 0], inIcon = false): Pair[] {
	const { BackgroundColor3, BackgroundTransparency = 0, Text, TextColor3, TextTransparency = 0 } = node.properties;
	if (node.properties.Visible === false) return [];
	const filled = BackgroundColor3 !== undefined && BackgroundTransparency < 1;
	const pairs: Pair[] = [];
	if (inIcon) {
		const stroke = component(node, "UIStroke")?.Color as Rgb | undefined;
		const color = filled ? BackgroundColor3 : stroke;
		if (color) pairs.push({ name: "Icon", kind: "icon", color, ground });
	}
	const behind = filled && !inIcon ? BackgroundColor3 : ground;
	if (Text && TextColor3 && TextTransparency === 0)
		pairs.push({ name: `${node.name} "${Text.slice(0, 30)}"`, kind: "text", color: TextColor3, ground: behind });
	const icon = inIcon || node.name === "Icon";
	return [...pairs, ...node.children.flatMap((child) => colorPairs(child, behind, icon))];
}
