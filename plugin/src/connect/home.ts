import { Look, PlaceKey, ServerAddress } from "../place";
import { SendRequest } from "../studio/http";
import { createBackend } from "./backend";
import { KeyCheck, Screen } from "./state";

/** Asks the server whose key it is, at the address that stands beside the key in the place, and nowhere else. Yields. */
export function checkKey(send: SendRequest, found: PlaceKey): KeyCheck {
	const outcome = createBackend(send, found.address).whoami(found.key);
	if (outcome.ok) return { kind: "accepted", report: outcome.value };
	const { failure } = outcome;
	if (failure.kind !== "unauthorized") return { kind: "unknown", failure };
	return { kind: "rejected", code: failure.code, detail: failure.detail };
}

export interface PlaceSettings {
	published: boolean;
	/** Whether its game servers, playtests included, may send requests. */
	httpEnabled: boolean;
}

/** What the place has, as far as it is known. `fresh`: its key was put there just now. */
export function homeScreen(
	look: Look,
	ours: ServerAddress,
	{ published, httpEnabled }: PlaceSettings,
	fresh: boolean,
	check: KeyCheck = { kind: "asking" },
): Screen {
	if (look.kind === "refused") return { kind: "refused", refusal: look.refusal };
	if (look.kind === "none") return { kind: "disconnected", address: ours, published };
	const { path, hint, address, warnings, further } = look.found;
	const otherThan = address.text === ours.text ? undefined : ours;
	const card = { path, hint, address, warnings, further, check, otherThan };
	return { kind: "connected", card, fresh, published, httpEnabled };
}
