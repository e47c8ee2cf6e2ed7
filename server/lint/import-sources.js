/**
 * A visitor that calls `visit(node, source)` for every import, export and dynamic import of a file; `source` is undefined if
 * it is computed. `require` does not exist in ES modules.
 */
export function importSources(visit) {
	const declared = ({ source }) => source && visit(source, source.value);
	return {
		ImportDeclaration: declared,
		ExportNamedDeclaration: declared,
		ExportAllDeclaration: declared,
		ImportExpression: ({ source }) => visit(source, textOf(source)),
	};
}

/** The text of a string literal, or of a template without expressions. */
export function textOf(node) {
	if (node.type === "Literal" && typeof node.value === "string") return node.value;
	if (node.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0].value.cooked;
	return undefined;
}
