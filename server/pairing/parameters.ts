import { PLACE_NAME_MAX_CODE_POINTS } from "../../shared/limits.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { containsKey, flawOf } from "../http/text.ts";
import type { Reported } from "./start.store.ts";

/** A form's parameters, each at most once; empty ones count as absent (RFC 6749 §3.1). */
export type Parameters = Map<string, string>;

export function readParameters(body: unknown): Parameters {
	const parameters: Parameters = new Map();
	for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
		if (typeof value !== "string") throw invalid("A parameter is given more than once. Send each one once.");
		if (value !== "") parameters.set(name, value);
	}
	return parameters;
}

const DIGITS = /^\d{1,20}$/;
const KEY_ID = /^key_[0-9A-Za-z]{1,60}$/;

/** @throws ProblemError `invalid_request` naming the parameter */
export function readReported(parameters: Parameters): Omit<Reported, "pluginVersion"> {
	const intent = parameters.get("intent") ?? "connect";
	if (intent !== "connect" && intent !== "reconnect") throw invalid("intent must be connect or reconnect.");
	return {
		intent,
		placeId: digits(parameters, "place_id"),
		universeId: digits(parameters, "universe_id"),
		studioUserId: digits(parameters, "studio_user_id"),
		placeName: placeName(parameters.get("place_name")),
		keyId: keyId(parameters.get("key_id")),
	};
}

function digits(parameters: Parameters, name: string): string | null {
	const value = parameters.get(name);
	if (value === undefined) return null;
	if (DIGITS.test(value)) return value;
	throw invalid(`${name} must be a number in digits.`);
}

/** Null also if it breaks the rule for text: a name must not keep a place from connecting. A key in it must be noticed. */
function placeName(value: string | undefined): string | null {
	const name = value?.trim() ?? "";
	if (containsKey(name)) throw invalid("place_name contains an API key. Rename the place, and revoke that key.");
	if (flawOf(name) !== undefined) return null;
	if ([...name].length > PLACE_NAME_MAX_CODE_POINTS)
		throw invalid(`place_name has at most ${PLACE_NAME_MAX_CODE_POINTS} characters.`);
	return name;
}

function keyId(value: string | undefined): string | null {
	if (value === undefined || KEY_ID.test(value)) return value ?? null;
	throw invalid("key_id must be key_ followed by letters and digits.");
}

export function invalid(description: string): ProblemError {
	return new ProblemError(400, "invalid_request", description);
}
