import type { Start } from "../../../shared/wire.ts";
import { StartSchema } from "../../first-load/first-load.schema.ts";
import { perform, request } from "../api/client.ts";

export function fetchStart(workspace: string | undefined): Promise<Start> {
	return request("GET", "/api/start", StartSchema, { query: { workspace }, anonymous: true });
}

export function signOut(): Promise<void> {
	return perform("POST", "/api/auth/sign-out", { body: {}, anonymous: true });
}
