import { isBlockedPort } from "../../../shared/ports.js";
import { mayGetKeys, parseServerAddress, ServerAddress } from "../place";
import { Settings } from "../studio/settings";
import { AddressProblem } from "./state";

/** The server the plugin connects to: the built-in one, or the one the user chose instead. */
export interface AddressBook {
	current: () => ServerAddress;
	readonly baked: ServerAddress;
	/** Saves `text` if it is a usable address; otherwise returns what is wrong with it. */
	choose: (text: string) => AddressProblem | undefined;
	useBaked: () => void;
}

/** A server address that the plugin can use, or what is wrong with it. */
export function usableAddress(text: string): ServerAddress | AddressProblem {
	const [trimmed] = text.match("^%s*(.-)%s*$");
	const address = parseServerAddress(trimmed as string);
	if (address === undefined) return "malformed";
	if (!mayGetKeys(address)) return "insecure";
	return isBlockedPort(address.port) ? "blocked-port" : address;
}

/** A saved address is dropped once the plugin's built-in address is no longer the one it replaced. */
export function createAddressBook(baked: ServerAddress, settings: Settings): AddressBook {
	const saved = settings.readAddress();
	let chosen: ServerAddress | undefined;
	if (saved !== undefined) {
		const address = saved.replaces === baked.text ? usableAddress(saved.address) : "malformed";
		if (typeIs(address, "string")) settings.saveAddress(undefined);
		else chosen = address;
	}

	function useBaked() {
		chosen = undefined;
		settings.saveAddress(undefined);
	}

	return {
		baked,
		current: () => chosen ?? baked,
		useBaked,
		choose: (text) => {
			const address = usableAddress(text);
			if (typeIs(address, "string")) return address;
			if (address.text === baked.text) useBaked();
			else {
				chosen = address;
				settings.saveAddress({ address: address.text, replaces: baked.text });
			}
			return undefined;
		},
	};
}
