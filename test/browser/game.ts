/** The headers of a published game's server. */
export const GAME_SERVER = { "x-auxvyn-server": "0a1b2c3d-0000-4000-8000-0123456789ab" };

/** The headers of the plugin, which finds out whether a key works. */
export const PLUGIN = { "x-auxvyn-protocol": "1" };
