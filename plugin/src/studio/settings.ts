import { isPublished } from "./place-facts";

/** The address the user chose, and the built-in one it replaced. */
export interface SavedAddress {
	address: string;
	replaces: string;
}

export interface Settings {
	readAddress: () => SavedAddress | undefined;
	/** Undefined removes it. */
	saveAddress: (saved: SavedAddress | undefined) => void;
}

const ADDRESS_SETTING = "AuxvynServerAddress";

/**
 * Each published experience has its own address, so that a staging and a live one do not fight over it. Read anew each
 * time: the place may have been published meanwhile.
 */
function addressSetting(): string {
	return isPublished() ? `${ADDRESS_SETTING}_${string.format("%d", game.GameId)}` : ADDRESS_SETTING;
}

/** Never store secrets here: every local plugin can read the settings file. Studio may also lose it silently. */
export function createSettings(plugin: Plugin): Settings {
	return {
		readAddress: () => {
			const [read, value] = pcall(() => plugin.GetSetting(addressSetting()));
			if (!read || !typeIs(value, "table")) return undefined;
			const { address, replaces } = value as { address?: unknown; replaces?: unknown };
			return typeIs(address, "string") && typeIs(replaces, "string") ? { address, replaces } : undefined;
		},
		saveAddress: (saved) => {
			pcall(() => plugin.SetSetting(addressSetting(), saved));
		},
	};
}
