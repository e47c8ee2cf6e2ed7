import type { Approval, Pairing } from "../../../shared/wire.ts";
import { nothing } from "../api/check.ts";
import { request } from "../api/client.ts";
import { pairingShape } from "../api/shapes.ts";

const path = (userCode: string, step = "") => `/api/pairings/${encodeURIComponent(userCode)}${step}`;

/** Opening a code claims it: other accounts are then refused. */
export function openPairing(userCode: string, signal?: AbortSignal): Promise<Pairing> {
	return request("GET", path(userCode), pairingShape, { signal });
}

export function approvePairing(userCode: string, approval: Approval): Promise<Pairing> {
	return request("POST", path(userCode, "/approve"), pairingShape, { body: approval });
}

export function denyPairing(userCode: string): Promise<Pairing> {
	return request("POST", path(userCode, "/deny"), pairingShape, { body: {} });
}

/** Releases a claimed code, so that another account can open it. */
export async function releasePairing(userCode: string): Promise<void> {
	await request("POST", path(userCode, "/release"), nothing, { body: {} });
}
