// Plain JavaScript that Node since 12 can parse: it has to say in words what an older Node would trip over.
var NEEDED = 24;

/** Checks Node, reads .env, then runs `load`. `command` is what people are told to run again. */
export function launch(command, load) {
	if (Number(process.versions.node.split(".")[0]) >= NEEDED) return start(command, load);
	fail(
		"Auxvyn needs Node " +
			NEEDED +
			" or newer, and this is Node " +
			process.versions.node +
			": run npm ci (without " +
			"--omit=dev and --ignore-scripts, as it brings Node " +
			NEEDED +
			") and run " +
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
		if (error.code !== "ENOENT") return fail("The file .env cannot be read: " + error.message);
	}
	// The second start loads in half the time. Not in the temporary folder, where others could leave code for us to run.
	var cache = process.getBuiltinModule("node:url").fileURLToPath(new URL("../build/compile-cache", import.meta.url));
	process.getBuiltinModule("node:module").enableCompileCache(cache);
	// It reports its own failures; only what keeps it from being loaded is reported here.
	return load().catch(function (error) {
		var missing = /^Cannot find package '([^']+)'/.exec(error.message);
		if (error.code !== "ERR_MODULE_NOT_FOUND" || !missing) throw error;
		fail("The package " + missing[1] + " is not installed: run npm ci, then " + command + ".");
	});
}

function fail(line) {
	console.error(line);
	process.exitCode = 1;
}
