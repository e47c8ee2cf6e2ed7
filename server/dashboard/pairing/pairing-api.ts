import type { Approval, Pairing } from "../../../shared/wire.ts";
import { PairingSchema } from "../../pairing/pairing.schema.ts";
import { perform, request } from "../api/client.ts";

const path = (userCode: string, step = "") => `/api/pairings/${encodeURIComponent(userCode)}${step}`;

/** Opening a code claims it: other accounts are then refused. */
export function openPairing(userCode: string, signal?: AbortSignal): Promise<Pairing> {
	return request("GET", path(userCode), PairingSchema, { signal });
}

export function approvePairing(userCode: string, approval: Approval): Promise<Pairing> {
	return request("POST", path(userCode, "/approve"), PairingSchema, { body: approval });
}

export function denyPairing(userCode: string): Promise<Pairing> {
	return request("POST", path(userCode, "/deny"), PairingSchema, { body: {} });
}

/** Releases a claimed code, so that another account can open it. */
export function releasePairing(userCode: string): Promise<void> {
	return perform("POST", path(userCode, "/release"), { body: {} });
}
