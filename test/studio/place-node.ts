/** An instance in a place, as data. */
export interface PlaceNode {
	class: string;
	name: string;
	/** `ServerScriptService.Folder.Script` */
	path: string;
	/** Scripts only. */
	source?: string;
	tags: string[];
	attributes: Record<string, unknown>;
	/** RunContext, Disabled, Archivable, Value, HttpEnabled and Text, if the class has them. */
	properties: Record<string, unknown>;
	children: PlaceNode[];
}

/** An empty Luau table is encoded as an array, as in Studio. */
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

/** The nodes and all their descendants. */
export function flatten(nodes: PlaceNode[]): PlaceNode[] {
	return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

/** The instance at a path, or undefined. */
export function findNode(nodes: PlaceNode[], wanted: string): PlaceNode | undefined {
	return flatten(nodes).find((node) => node.path === wanted);
}

/** The paths of all instances that contain a text: in source, value, attribute, tag or name. */
export function whereIs(nodes: PlaceNode[], text: string): string[] {
	const matches = flatten(nodes).filter((node) => JSON.stringify({ ...node, children: [] }).includes(text));
	return matches.map((node) => node.path);
}
