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

/** Never store secrets here: every local plugin can read the settings file. Studio may also lose it silently. */
export function createSettings(plugin: Plugin): Settings {
	return {
		readAddress: () => {
			const [read, value] = pcall(() => plugin.GetSetting(ADDRESS_SETTING));
			if (!read || !typeIs(value, "table")) return undefined;
			const { address, replaces } = value as { address?: unknown; replaces?: unknown };
			return typeIs(address, "string") && typeIs(replaces, "string") ? { address, replaces } : undefined;
		},
		saveAddress: (saved) => {
			pcall(() => plugin.SetSetting(ADDRESS_SETTING, saved));
		},
	};
}
