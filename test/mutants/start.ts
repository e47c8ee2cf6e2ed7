import type { Mutant } from "./mutant.ts";

const LAUNCH = ["tools/start.test.ts"];
const START = ["server/processes/start.test.ts"];
const FIRST_START = ["server/processes/first-start.test.ts"];
const BUILD = ["tools/build-dashboard.test.ts"];
const BAD_DISK = ["server/processes/bad-disk.test.ts"];
const LOCAL_DISK = ["server/storage/local-disk.test.ts"];
const WORKERS = ["server/workers/workers.test.ts"];
const CONFIG = ["server/config.test.ts"];

/** What a start needs, and what it says where it cannot. */
export const start: readonly Mutant[] = [
	{
		file: "server/launch.js",
		original: 'if (Number(process.versions.node.split(".")[0]) >= NEEDED) return start',
		replacement: "if (NEEDED) return start",
		tests: LAUNCH,
	},
	{
		file: "server/launch.js",
		original: '\t\tif (error.code !== "ENOENT") return fail("Cannot read .env: " + error.message);\n',
		replacement: "",
		tests: LAUNCH,
	},
	{
		file: "server/launch.js",
		original: 'if (error.code !== "ERR_MODULE_NOT_FOUND" || !missing) throw error;',
		replacement: "if (!missing) return;",
		tests: LAUNCH,
	},
	{
		file: "server/launch.js",
		original: "\tprocess.exitCode = 1;\n",
		replacement: "",
		tests: LAUNCH,
	},
	{
		file: "server/launch.js",
		original: 'if (error.code === "EACCES" &&',
		replacement: 'if (error.code === "ENOENT" &&',
		tests: FIRST_START,
	},
	{
		file: "server/start-fault.ts",
		original: "console.error(line);\n\t\tprocess.exit(1);",
		replacement: "console.error(line);\n\t\tprocess.exit(0);",
		tests: START,
	},
	{
		file: "server/start-fault.ts",
		original: 'if (code === "EADDRINUSE") return',
		replacement: 'if (code === "EADDRNOTAVAIL") return',
		tests: START,
	},
	{
		file: "server/start-fault.ts",
		original: 'if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")',
		replacement: 'if (code === "ENOTFOUND")',
		tests: START,
	},
	{
		file: "server/start-fault.ts",
		original: 'if (code === "EACCES" && path !== undefined)',
		replacement: 'if (code === "EACCES" && path === "")',
		tests: FIRST_START,
	},
	{
		file: "server/closing.ts",
		original: '["SIGTERM", "SIGINT", "SIGHUP"]',
		replacement: '["SIGTERM", "SIGINT"]',
		tests: START,
	},
	{
		file: "server/closing.ts",
		original: 'if (process.env["npm_lifecycle_event"] === undefined) return;',
		replacement: "return;",
		tests: START,
	},
	{
		file: "server/serve.ts",
		original: "if (terminal !== undefined) app.log.level = quieter(config.logLevel);",
		replacement: "",
		tests: ["server/processes/terminal.test.ts"],
	},
	{
		file: "server/workers/primary.ts",
		original: "void start(slot);",
		replacement: "",
		tests: WORKERS,
	},
	{
		file: "server/workers/primary.ts",
		original: "if (worker?.isConnected() === true) worker.process.disconnect();",
		replacement: "if (worker?.isConnected() === true) break;",
		tests: WORKERS,
	},
	{
		file: "server/workers/connection.ts",
		original: "		close();\n	});\n",
		replacement: "	});\n",
		tests: WORKERS,
	},
	{
		file: "server/workers/hub.ts",
		original: "if (other !== worker) outbox.pass(message.told);",
		replacement: "if (other === worker) outbox.pass(message.told);",
		tests: WORKERS,
	},
	{
		file: "server/workers/hub.ts",
		original: "ended = combined([ended, countersOf(members.get(worker)?.snapshot ?? [])]);",
		replacement: "",
		tests: WORKERS,
	},
	{
		file: "server/dashboard/build.ts",
		original: "if (existsSync(ready)) {",
		replacement: 'if (existsSync("")) {',
		tests: FIRST_START,
	},
	{
		file: "server/dashboard/build.ts",
		original: '\t\tawait access(join(ready, "index.html"), constants.R_OK).catch(cannotRead);\n',
		replacement: "",
		tests: FIRST_START,
	},
	{
		file: "server/dashboard/build.ts",
		original: "\trequireBundler();\n",
		replacement: "",
		tests: FIRST_START,
	},
	{
		file: "server/dashboard/build.ts",
		original: '\t\thash.update(await readFile(path)).update("\\0");\n',
		replacement: "",
		tests: FIRST_START,
	},
	{
		file: "server/dashboard/build.ts",
		original: 'return [...sources, join(REPOSITORY, "package-lock.json")];',
		replacement: "return sources;",
		tests: FIRST_START,
	},
	{
		file: "server/dashboard/build.ts",
		original: "await mkdir(unfinished, { recursive: true }).catch(cannotWrite(builds));",
		replacement: "await mkdir(unfinished, { recursive: true });",
		tests: FIRST_START,
	},
	{
		file: "server/dashboard/build.ts",
		original: "\t\tawait rm(unfinished, { recursive: true, force: true });\n",
		replacement: "",
		tests: BUILD,
	},
	{
		file: "server/dashboard/build.ts",
		original: "if (!existsSync(ready)) throw error;",
		replacement: "throw error;",
		tests: BUILD,
	},
	{
		file: "server/dashboard/build.ts",
		original: "\tawait removeOldBuilds(builds).catch(() => undefined);\n",
		replacement: "",
		tests: BUILD,
	},
	{
		file: "server/storage/sqlite/local-disk.ts",
		original: "ask(folder).type >>> 0",
		replacement: "ask(folder).type",
		tests: LOCAL_DISK,
	},
	{
		file: "server/storage/sqlite/local-disk.ts",
		original: '\t[0x517b, "SMB"],\n',
		replacement: "",
		tests: LOCAL_DISK,
	},
	{
		file: "server/storage/sqlite/open-database.ts",
		original: "\t\trequireLocalDisk(dirname(path));\n",
		replacement: "",
		tests: BAD_DISK,
	},
	{
		file: "server/storage/sqlite/open-database.ts",
		original: '\t["EROFS", "its folder is on a read-only disk; point DATA_DIR elsewhere"],\n',
		replacement: "",
		tests: BAD_DISK,
	},
	{
		file: "server/config.ts",
		original: "if (given === undefined && !isLoopbackHost(host))",
		replacement: "if (given === null)",
		tests: CONFIG,
	},
	{
		file: "server/config.ts",
		original: '\t\tif (url.port !== "") requireReachablePort("PUBLIC_URL", Number(url.port));\n',
		replacement: "",
		tests: CONFIG,
	},
	{
		file: "shared/ports.ts",
		original: "port !== 80 && ",
		replacement: "",
		tests: CONFIG,
	},
];
