import { DEVICE_CODE_GRANT, HEADERS, OAUTH_CLIENT_ID, PROTOCOL_VERSION, ROUTES } from "../../../shared/wire.js";
import { ServerAddress } from "../place";
import { decodeJson, HttpAnswer, HttpRequest, SendRequest } from "../studio/http";
import { SENTENCE_CHARACTERS, shown } from "../text/shown";
import { Failure, failureOfThrown } from "./failures";
import { encodeForm } from "./form";
import {
	Granted,
	KeyReport,
	readGranted,
	readKeyReport,
	readOAuthError,
	readProblem,
	readStarted,
	Started,
} from "./responses";

/** What Studio reports of the place, for the approval page to show. */
export interface PlaceReport {
	placeId?: string;
	universeId?: string;
	placeName?: string;
	studioUserId?: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };
export type PollOutcome = Outcome<Granted> | { ok: false; pending: true; slower: boolean };

/** The backend at one address. Every answer is checked; every failure has a kind. All of it yields. */
export interface Backend {
	start: (report: PlaceReport, intent: "connect" | "reconnect", previousKeyId?: string) => Outcome<Started>;
	poll: (deviceCode: string) => PollOutcome;
	whoami: (key: string) => Outcome<KeyReport>;
	/** Whether the server has taken note. An unknown key counts: it need not stand any more. */
	revoke: (key: string) => boolean;
}

const FORM_HEADERS: Record<string, string> = {
	["Content-Type"]: "application/x-www-form-urlencoded",
	Accept: "application/json",
	[HEADERS.protocol]: PROTOCOL_VERSION,
};
const KNOWN_REFUSALS = new Set(["missing_key", "malformed_key", "unknown_key", "revoked_key"]);

function retryAfter(answer: HttpAnswer): number | undefined {
	const seconds = tonumber(answer.headers.get("retry-after"));
	return seconds !== undefined && seconds >= 0 && seconds <= 3600 ? seconds : undefined;
}

/** What any answer but the wanted one means. */
function failureOfAnswer(answer: HttpAnswer, body: unknown): Failure {
	if (answer.status === 429 || answer.status === 503) {
		return { kind: "overloaded", retryAfterSeconds: retryAfter(answer) };
	}
	if (answer.status >= 500) return { kind: "server-error", status: answer.status };
	const problem = readProblem(body);
	if (answer.status === 401 && problem !== undefined && KNOWN_REFUSALS.has(problem.code)) {
		return { kind: "unauthorized", code: problem.code, detail: problem.description };
	}
	const refused = readOAuthError(body) ?? problem;
	if (answer.status !== 400 || refused === undefined) return { kind: "nonsense", status: answer.status };
	if (refused.code === "temporarily_unavailable" || refused.code === "server_error") return { kind: "overloaded" };
	if (refused.code === "protocol_unsupported")
		return { kind: "protocol-unsupported", description: refused.description };
	return { kind: "oauth", error: refused.code, description: refused.description };
}

export function createBackend(send: SendRequest, address: ServerAddress): Backend {
	function ask<T>(request: HttpRequest, read: (body: unknown) => T | undefined): Outcome<T> {
		const answer = send(request);
		if ("thrown" in answer) return { ok: false, failure: failureOfThrown(shown(answer.thrown, SENTENCE_CHARACTERS)) };
		const body = decodeJson(answer.body);
		if (answer.status !== 200) return { ok: false, failure: failureOfAnswer(answer, body) };
		const value = read(body);
		return value === undefined
			? { ok: false, failure: { kind: "nonsense", status: answer.status } }
			: { ok: true, value };
	}

	function post(route: string, form: Array<[string, string | undefined]>): HttpRequest {
		return { url: address.text + route, method: "POST", headers: FORM_HEADERS, body: encodeForm(form) };
	}

	return {
		start: (report, intent, previousKeyId) =>
			ask(
				post(ROUTES.deviceAuthorization, [
					["client_id", OAUTH_CLIENT_ID],
					["place_id", report.placeId],
					["universe_id", report.universeId],
					["place_name", report.placeName],
					["studio_user_id", report.studioUserId],
					["intent", intent],
					["key_id", previousKeyId],
				]),
				readStarted,
			),

		poll: (deviceCode) => {
			const outcome = ask(
				post(ROUTES.token, [
					["grant_type", DEVICE_CODE_GRANT],
					["client_id", OAUTH_CLIENT_ID],
					["device_code", deviceCode],
				]),
				readGranted,
			);
			if (outcome.ok || outcome.failure.kind !== "oauth") return outcome;
			const slower = outcome.failure.error === "slow_down";
			if (slower || outcome.failure.error === "authorization_pending") return { ok: false, pending: true, slower };
			return outcome;
		},

		whoami: (key) =>
			ask(
				{
					url: address.text + ROUTES.whoami,
					method: "GET",
					headers: { Accept: "application/json", Authorization: `Bearer ${key}`, [HEADERS.protocol]: PROTOCOL_VERSION },
				},
				readKeyReport,
			),

		revoke: (key) => {
			const answer = send(
				post(ROUTES.revoke, [
					["client_id", OAUTH_CLIENT_ID],
					["token", key],
				]),
			);
			return !("thrown" in answer) && answer.status === 200;
		},
	};
}
