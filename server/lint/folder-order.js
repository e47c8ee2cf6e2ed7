import path from "node:path";

import { importSources, textOf } from "./import-sources.js";

const SERVER = path.resolve(import.meta.dirname, "..");
const REPOSITORY = path.resolve(SERVER, "..");
/** What the server may import from outside. */
const OUTSIDE = ["shared/", "plugin/build/", "package.json"];

/** Imports go down this list, never up or sideways. The longest matching entry applies. */
const LEVELS = [
	[
		"backup.js",
		"build.js",
		"create-account.js",
		"doctor.js",
		"migrate.js",
		"move-database.js",
		"reset-password.js",
		"restore.js",
		"start.js",
		"trust-clock.js",
		"worker.js",
	],
	["launch.js"],
	["main.ts", "worker.ts"],
	["serve.ts"],
	["workers"],
	[
		"app.ts",
		"backup-command.ts",
		"build-command.ts",
		"create-account-command.ts",
		"doctor-command.ts",
		"migrate-command.ts",
		"move-database-command.ts",
		"reset-command.ts",
		"restore-command.ts",
		"trust-clock-command.ts",
	],
	["command.ts", "doctor", "start-fault.ts"],
	["dashboard", "stores.ts"],
	["checklist", "first-load", "live"],
	["offboarding"],
	["pairing"],
	["people"],
	["keys"],
	["keys/retire"],
	["keys/manage"],
	["keys/rotate"],
	["keys/authenticate"],
	["keys/usage"],
	["backends"],
	["workspaces"],
	["accounts"],
	["accounts/password-reset", "accounts/profile", "accounts/sign-up"],
	["accounts/sessions"],
	["accounts/passwords"],
	["accounts/activity"],
	["activity"],
	["quotas"],
	["mail", "plugin-download"],
	["http"],
	["maintenance"],
	["open-storage.ts", "storage/move"],
	["storage/postgres", "storage/sqlite"],
	["storage"],
	["errors"],
	["secret.ts"],
	["setting-warnings.ts"],
	["config.ts"],
	["backup-settings.ts", "database-url.ts", "mail-settings.ts"],
	[
		"clock.ts",
		"closing.ts",
		"config-error.ts",
		"folded-text.ts",
		"ids.ts",
		"link-token.ts",
		"lint",
		"output.ts",
		"private-files.ts",
	],
];

/** `http/` consists of several Fastify plugins; every other folder is one plugin with the folder's name. */
const HTTP_PLUGINS = ["errors", "health", "metrics", "openapi", "origin", "pages", "security"];
/** Decorators of the server, and the folders that add them. */
const DECORATORS = {
	accounts: "accounts",
	mailer: "accounts",
	workspaces: "workspaces",
	backends: "backends",
	usage: "keys",
	keyProof: "keys",
	metrics: "http",
};

/** What a Fastify instance is called. */
const SERVERS = ["app", "instance", "fastify", "server"];

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
			outside: "The server may import only shared/ and plugin/build/ from outside.",
			computed: "Write it as a string, so that the order of folders can be checked.",
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

		function checkSource(node, source) {
			if (source === undefined) context.report({ node, messageId: "computed" });
			if (!source?.startsWith(".")) return;
			const target = path.resolve(path.dirname(context.filename), source);
			const name = path.relative(REPOSITORY, target).replaceAll(path.sep, "/");
			if (name.startsWith("server/")) check(node, entryOf(target));
			else if (!OUTSIDE.some((allowed) => name.startsWith(allowed))) context.report({ node, messageId: "outside" });
		}

		function checkDecorator(node, name) {
			if (Object.hasOwn(DECORATORS, name)) check(node, entryOf(path.join(SERVER, DECORATORS[name])));
		}

		function checkDependency(node) {
			const name = node && textOf(node);
			if (name === undefined) context.report({ node, messageId: "computed" });
			else check(node, entryOf(path.join(SERVER, HTTP_PLUGINS.includes(name) ? "http" : name)));
		}

		return {
			...importSources(checkSource),
			Program(node) {
				if (from === undefined) {
					const file = path.relative(REPOSITORY, context.filename);
					context.report({ node, messageId: "unlisted", data: { file } });
				}
			},
			Property({ key, value }) {
				if ((key.name ?? key.value) !== "dependencies") return;
				if (value.type === "ArrayExpression") value.elements.forEach(checkDependency);
				else if (value.type !== "AssignmentPattern") context.report({ node: value, messageId: "computed" });
			},
			// app.accounts, request.server.accounts, app["accounts"]
			MemberExpression(node) {
				const { object, property, computed } = node;
				if (!SERVERS.includes(object.name ?? object.property?.name)) return;
				checkDecorator(node, computed ? textOf(property) : property.name);
			},
			// const { accounts } = app
			"VariableDeclarator[id.type='ObjectPattern']"({ id, init }) {
				if (!SERVERS.includes(init?.name ?? init?.property?.name)) return;
				for (const property of id.properties) checkDecorator(property, property.key?.name);
			},
		};
	},
};
