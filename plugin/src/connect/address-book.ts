import { parseServerAddress, ServerAddress } from "../place";
import { Settings } from "../studio/settings";
import { AddressProblem } from "./state";

/** Which server the plugin speaks to: the built-in one, or the one that a person chose instead of it. */
export interface AddressBook {
	current: () => ServerAddress;
	readonly baked: ServerAddress;
	/** Keeps `text` if it is an address that can work, else says what is wrong with it. */
	choose: (text: string) => AddressProblem | undefined;
	useBaked: () => void;
}

/** HttpService refuses these: everything below 1024 but the two of the web, and one above. */
function isBlockedPort(port: number): boolean {
	return port === 1194 || (port < 1024 && port !== 80 && port !== 443);
}

/** A chosen address counts only as long as the plugin's built-in one is the one that it replaced. */
export function createAddressBook(baked: ServerAddress, settings: Settings): AddressBook {
	const kept = settings.readAddress();
	let chosen: ServerAddress | undefined;
	if (kept !== undefined) {
		if (kept.replaces === baked.text) chosen = parseServerAddress(kept.address);
		else settings.keepAddress(undefined);
	}

	function useBaked() {
		chosen = undefined;
		settings.keepAddress(undefined);
	}

	return {
		baked,
		current: () => chosen ?? baked,
		useBaked,
		choose: (text) => {
			const [trimmed] = text.match("^%s*(.-)%s*$");
			const address = parseServerAddress(trimmed as string);
			if (address === undefined) return "malformed";
			if (!address.secure && !address.loopback) return "insecure";
			if (isBlockedPort(address.port)) return "blocked-port";
			if (address.text === baked.text) useBaked();
			else {
				chosen = address;
				settings.keepAddress({ address: address.text, replaces: baked.text });
			}
			return undefined;
		},
	};
}
