/** The headers of a game server. */
export const GAME_SERVER = {
	"x-auxvyn-server": "0a1b2c3d-0000-4000-8000-0123456789ab",
	"x-auxvyn-place": "1818",
	"x-auxvyn-place-version": "7",
};

/** The headers of a playtest in Studio. */
export const PLAYTEST = { "x-auxvyn-studio": "1" };

/** The headers of the plugin, which checks whether a key works. */
export const PLUGIN = { "x-auxvyn-protocol": "1" };
