/** An instance of a place, as data. */
export interface PlaceNode {
	class: string;
	name: string;
	/** `ServerScriptService.Folder.Script` */
	path: string;
	/** Of scripts only. */
	source?: string;
	tags: string[];
	attributes: Record<string, unknown>;
	/** RunContext, Disabled, Archivable, Value, HttpEnabled, Text: where the class has them. */
	properties: Record<string, unknown>;
	children: PlaceNode[];
}

/** Lune's side writes an empty table as an array, as Studio does. */
function toRecord(value: unknown): Record<string, unknown> {
	return Array.isArray(value) ? {} : (value as Record<string, unknown>);
}

export function toPlaceNodes(value: unknown): PlaceNode[] {
	return (value as PlaceNode[]).map((node) => ({
		...node,
		attributes: toRecord(node.attributes),
		properties: toRecord(node.properties),
		children: toPlaceNodes(node.children),
	}));
}

/** A node and everything below it, in one list. */
export function flatten(nodes: PlaceNode[]): PlaceNode[] {
	return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

/** The instance at a path, or undefined. */
export function findNode(nodes: PlaceNode[], wanted: string): PlaceNode | undefined {
	return flatten(nodes).find((node) => node.path === wanted);
}

/** The paths of all instances that hold a text anywhere: source, value, attribute, tag or name. */
export function whereIs(nodes: PlaceNode[], text: string): string[] {
	const holding = flatten(nodes).filter((node) => JSON.stringify({ ...node, children: [] }).includes(text));
	return holding.map((node) => node.path);
}
