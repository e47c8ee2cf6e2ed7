/** What is wrong with the layout of a widget, judged by where the browser put everything. */
export interface Edges {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export interface MeasuredNode {
	name: string;
	class: string;
	/** Its own text, or empty. */
	text: string;
	box: Edges;
	/** Where the characters of its text are. */
	ink: Edges | null;
	/** Of its text, in pixels; 0 without one. */
	lineHeight: number;
	/** Its parent's index, or -1. */
	parent: number;
}

export interface MeasuredWidget {
	box: Edges;
	/** Parents come before their children. */
	nodes: MeasuredNode[];
}

/** Subpixels of the browser's layout. */
const TOLERANCE = 1;
/** Drawn with rotated frames, whose boxes mean nothing. */
const ICON = "Icon";

function describe(node: MeasuredNode): string {
	return `${node.name}${node.text === "" ? "" : ` "${node.text.slice(0, 40)}"`}`;
}

function beyond(inner: Edges, outer: Edges): string[] {
	const sides: string[] = [];
	if (inner.left < outer.left - TOLERANCE) sides.push("left");
	if (inner.right > outer.right + TOLERANCE) sides.push("right");
	if (inner.top < outer.top - TOLERANCE) sides.push("top");
	if (inner.bottom > outer.bottom + TOLERANCE) sides.push("bottom");
	return sides;
}

const isEmpty = ({ left, right, top, bottom }: Edges) => right - left < 0.5 || bottom - top < 0.5;

function linesOf({ ink, lineHeight }: MeasuredNode): number {
	return ink === null || lineHeight === 0 ? 0 : Math.round((ink.bottom - ink.top) / lineHeight);
}

function overlap(one: Edges, other: Edges): boolean {
	const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
	const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
	return width > TOLERANCE && height > TOLERANCE;
}

function ancestors(widget: MeasuredWidget, node: MeasuredNode): MeasuredNode[] {
	const parent = widget.nodes[node.parent];
	return parent === undefined ? [] : [parent, ...ancestors(widget, parent)];
}

/** Whether no part of a node is clipped or scrolled out of sight. */
export function isInSight(widget: MeasuredWidget, node: MeasuredNode): boolean {
	const frames = ancestors(widget, node).filter((each) => each.class === "ScrollingFrame");
	return [widget.box, ...frames.map((frame) => frame.box)].every((box) => beyond(node.box, box).length === 0);
}

/** Text beyond its box, boxes beyond their parent, and siblings that overlap, in words. */
export function layoutProblems(widget: MeasuredWidget): string[] {
	const problems: string[] = [];
	const solid = widget.nodes.filter((node) => !ancestors(widget, node).some((each) => each.name === ICON));
	for (const node of solid) {
		const parent = widget.nodes[node.parent];
		const outer = parent?.box ?? widget.box;
		const allowed = parent?.class === "ScrollingFrame" ? ["top", "bottom"] : [];
		for (const side of beyond(node.box, outer).filter((each) => !allowed.includes(each)))
			problems.push(`${describe(node)} reaches beyond its parent: ${side}`);
		for (const side of node.ink ? beyond(node.ink, node.box) : [])
			problems.push(`the text of ${describe(node)} reaches beyond its box: ${side}`);
		if (node.class === "TextButton" && linesOf(node) > node.text.split(" ").length)
			problems.push(`the text of ${describe(node)} breaks inside a word`);
		if (node.text !== "" && isEmpty(node.box)) problems.push(`${describe(node)} has no room`);
	}
	for (const [at, node] of solid.entries()) {
		for (const other of solid.slice(at + 1)) {
			if (other.parent === node.parent && overlap(node.box, other.box))
				problems.push(`${describe(node)} overlaps ${describe(other)}`);
		}
	}
	return problems;
}
