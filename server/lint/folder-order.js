import path from "node:path";

const SERVER = path.resolve(import.meta.dirname, "..");

/** Imports go down this list, never up or sideways. The longest matching entry applies. */
const LEVELS = [
	["main.ts"],
	["app.ts", "reset-command.ts"],
	["dashboard", "stores.ts"],
	["checklist", "first-load", "live"],
	["offboarding"],
	["pairing"],
	["people"],
	["keys"],
	["keys/manage"],
	["keys/authenticate"],
	["keys/rotate", "keys/usage"],
	["workspaces"],
	["accounts"],
	["accounts/password-reset", "accounts/profile", "accounts/sign-up"],
	["accounts/sessions"],
	["accounts/passwords"],
	["activity"],
	["mail", "plugin-download"],
	["http"],
	["maintenance"],
	["storage/sqlite"],
	["storage"],
	["errors"],
	["secret.ts"],
	["config.ts"],
	["mail-settings.ts"],
	["clock.ts", "config-error.ts", "ids.ts", "link-token.ts"],
];

/** `http/` consists of several Fastify plugins; every other folder is one plugin with the folder's name. */
const HTTP_PLUGINS = ["errors", "health", "metrics", "openapi", "origin", "pages", "security"];
/** Decorators of the server, and the folders that add them. */
const DECORATORS = { accounts: "accounts", workspaces: "workspaces", usage: "keys", metrics: "http" };

function entryOf(file) {
	const name = path.relative(SERVER, file).replaceAll(path.sep, "/");
	let found;
	for (const [level, entries] of LEVELS.entries()) {
		for (const entry of entries) {
			const matches = name === entry || name.startsWith(`${entry}/`);
			if (matches && entry.length > (found?.entry.length ?? -1)) found = { entry, level };
		}
	}
	return found;
}

/** Prevents cycles between the server's folders, by imports, Fastify dependencies and decorators. */
export const folderOrder = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			upward: "{{from}} may not use {{to}}: see “What may import what” in CONTRIBUTING.md.",
			unlisted: "{{file}} is missing from the order of folders: add it to server/lint/folder-order.js.",
		},
	},
	create(context) {
		const from = entryOf(context.filename);

		function check(node, to) {
			if (from === undefined || to === undefined) return;
			if (to.entry === from.entry || to.level > from.level) return;
			context.report({ node, messageId: "upward", data: { from: from.entry, to: to.entry } });
		}

		function checkSource({ source }) {
			if (typeof source?.value !== "string" || !source.value.startsWith(".")) return;
			const target = path.resolve(path.dirname(context.filename), source.value);
			if (target.startsWith(SERVER + path.sep)) check(source, entryOf(target));
		}

		return {
			Program(node) {
				if (from === undefined) {
					const file = path.relative(path.dirname(SERVER), context.filename);
					context.report({ node, messageId: "unlisted", data: { file } });
				}
			},
			ImportDeclaration: checkSource,
			ImportExpression: checkSource,
			ExportNamedDeclaration: checkSource,
			ExportAllDeclaration: checkSource,
			"Property[key.name='dependencies'] > ArrayExpression > Literal"(node) {
				const folder = HTTP_PLUGINS.includes(node.value) ? "http" : node.value;
				check(node, entryOf(path.join(SERVER, String(folder))));
			},
			"MemberExpression[object.name='app']"(node) {
				const folder = Object.hasOwn(DECORATORS, node.property.name) ? DECORATORS[node.property.name] : undefined;
				if (folder !== undefined) check(node, entryOf(path.join(SERVER, folder)));
			},
		};
	},
};
