import fs from "node:fs";

// Plain JavaScript that Node 12 can parse, so that an old Node prints a message instead of a syntax error.
var NEEDED = 24;

/** Checks Node's version, reads .env, then calls `load`. Messages quote `command` as what to run again. */
export function launch(command, load) {
	if (Number(process.versions.node.split(".")[0]) >= NEEDED) return start(command, load);
	if (!fs.existsSync(new URL("../node_modules", import.meta.url)))
		return fail(
			"The packages are not installed: run npm ci, which also brings Node " + NEEDED + ", then " + command + ".",
		);
	fail(
		"Auxvyn needs Node " +
			NEEDED +
			" or newer, but this is Node " +
			process.versions.node +
			": run npm ci without --omit=dev and --ignore-scripts, " +
			"which installs Node " +
			NEEDED +
			", then " +
			command +
			" again, or install Node " +
			NEEDED +
			".",
	);
}

function start(command, load) {
	try {
		process.loadEnvFile();
	} catch (error) {
		if (error.code !== "ENOENT") return fail("Cannot read .env: " + error.message);
	}
	// Halves the load time from the second start on. Not in the temporary folder, where other users could plant code.
	var cache = process.getBuiltinModule("node:url").fileURLToPath(new URL("../build/compile-cache", import.meta.url));
	process.getBuiltinModule("node:module").enableCompileCache(cache);
	// The loaded module reports its own failures. Only what keeps it from being loaded is reported here.
	return import("./private-files.ts")
		.then(function (files) {
			var warning = files.privacyWarning(".env", files.makePrivate(".env"));
			if (warning) console.error(warning);
			return load();
		})
		.catch(function (error) {
			if (error.code === "EACCES" && /\.(ts|js|json)$/.test(error.path || ""))
				return fail("Cannot read " + error.path + " (EACCES): let this user read the whole folder of the server.");
			var missing = /^Cannot find package '([^']+)'/.exec(error.message);
			if (error.code !== "ERR_MODULE_NOT_FOUND" || !missing) throw error;
			fail("The package " + missing[1] + " is not installed: run npm ci, then " + command + ".");
		});
}

function fail(line) {
	console.error(line);
	process.exitCode = 1;
}
