/** The address that a person chose, and the built-in one that it replaced. */
export interface KeptAddress {
	address: string;
	replaces: string;
}

export interface Settings {
	readAddress: () => KeptAddress | undefined;
	/** Undefined forgets it. */
	keepAddress: (kept: KeptAddress | undefined) => void;
}

const ADDRESS_SETTING = "AuxvynServerAddress";

/** Plugin settings are a file that every local plugin can read: nothing secret goes in. Studio may silently lose them. */
export function createSettings(plugin: Plugin): Settings {
	return {
		readAddress: () => {
			const [read, value] = pcall(() => plugin.GetSetting(ADDRESS_SETTING));
			if (!read || !typeIs(value, "table")) return undefined;
			const { address, replaces } = value as { address?: unknown; replaces?: unknown };
			return typeIs(address, "string") && typeIs(replaces, "string") ? { address, replaces } : undefined;
		},
		keepAddress: (kept) => {
			pcall(() => plugin.SetSetting(ADDRESS_SETTING, kept));
		},
	};
}
