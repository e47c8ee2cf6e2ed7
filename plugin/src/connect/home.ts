import { PlaceKey, PlaceState, ServerAddress } from "../place";
import { SendRequest } from "../studio/http";
import { createBackend } from "./backend";
import { KeyCheck, Screen } from "./state";

/** Checks the key with the server at the address next to it in the place, and no other. Yields. */
export function checkKey(send: SendRequest, found: PlaceKey): KeyCheck {
	const outcome = createBackend(send, found.address).whoami(found.key);
	if (outcome.ok) return { kind: "accepted", report: outcome.value };
	const { failure } = outcome;
	if (failure.kind !== "unauthorized") return { kind: "unknown", failure };
	return { kind: "rejected", code: failure.code, detail: failure.detail };
}

export interface PlaceSettings {
	published: boolean;
	/** Whether its game servers and playtests may send requests. */
	httpEnabled: boolean;
}

/** The home screen of a place. `fresh`: its key was installed just now. */
export function homeScreen(
	placeState: PlaceState,
	pluginAddress: ServerAddress,
	{ published, httpEnabled }: PlaceSettings,
	fresh: boolean,
	check: KeyCheck = { kind: "checking" },
): Screen {
	if (placeState.kind === "refused") return { kind: "refused", refusal: placeState.refusal };
	if (placeState.kind === "none") return { kind: "disconnected", address: pluginAddress, published };
	const { path, hint, address, warnings, asks, apis } = placeState.found;
	const otherAddress = address.text === pluginAddress.text ? undefined : pluginAddress;
	const card = { path, hint, address, warnings, asks, apis, check, otherAddress };
	return { kind: "connected", card, fresh, published, httpEnabled };
}
