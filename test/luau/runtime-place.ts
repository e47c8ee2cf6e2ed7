import { runtimeText } from "../../plugin/build/runtime.ts";

const KEY = `auxvyn_${"0".repeat(60)}`;
/** The beginning of the managed Script, which the plugin writes. */
const SCRIPT_START = `local KEY = "${KEY}"
local ADDRESS = "https://keys.example.com"

local options = {
	apis = { "https://api.example.com" },
}

`;

/** A connected place, which has the standalone module too; with scripts of a game. For `checkScripts`. */
export async function runtimePlace(scripts: Record<string, string> = {}): Promise<Record<string, string>> {
	const [core, client, standalone] = await Promise.all(
		(["core", "client", "standalone"] as const).map((text) => runtimeText(text)),
	);
	return {
		"ServerScriptService/Auxvyn/init.server.luau": SCRIPT_START + (core ?? ""),
		"ServerScriptService/Auxvyn/Client.luau": client ?? "",
		"ServerStorage/Client.luau": standalone ?? "",
		...scripts,
	};
}
