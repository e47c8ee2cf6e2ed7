let text: string | undefined;

/**
 * The core of the game's runtime: what this version of the plugin writes into the managed Script after the options. It is
 * mounted in the plugin as the module `Core`, which is never run.
 */
export function coreText(): string {
	if (text === undefined) {
		const core = script.Parent?.Parent?.FindFirstChild("Core");
		assert(core?.IsA("ModuleScript"), "This copy of the Auxvyn plugin is incomplete: download it again.");
		text = core.Source.gsub("\r\n", "\n")[0];
	}
	return text;
}
