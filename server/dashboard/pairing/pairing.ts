import { createEffect, createSignal, on, onCleanup } from "solid-js";

import type { Approval, Pairing } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { pollWhileVisible } from "../ui/poll.ts";
import { approvePairing, denyPairing, openPairing } from "./pairing-api.ts";

const WATCH_MS = 1000;
/** The server's clock decides; this only avoids asking too early. */
const EXPIRY_SLACK_MS = 1500;
/** Errors after which the code cannot be answered any more. */
const FINAL_ERRORS = ["unknown_code", "expired_code", "claimed_code", "already_answered"];

type Answer = "approve" | "deny";

export type PairingState =
	| { name: "opening" }
	| { name: "open"; pairing: Pairing }
	/** `answer`: the answer that was rejected. */
	| { name: "failed"; error: ApiError; answer?: Answer };

/** The state of one user code. After approval, polls until Studio has installed the key. */
export function createPairing(userCode: () => string) {
	const [state, setState] = createSignal<PairingState>({ name: "opening" });
	let attempt = new AbortController();

	const open = async () => {
		attempt.abort();
		attempt = new AbortController();
		const { signal } = attempt;
		try {
			const pairing = await openPairing(userCode(), signal);
			if (!signal.aborted) setState({ name: "open", pairing });
		} catch (error) {
			if (!signal.aborted) setState({ name: "failed", error: asApiError(error) });
		}
	};
	const reopen = () => {
		setState({ name: "opening" });
		return open();
	};
	/** Sends an answer. Errors that leave the form usable are thrown; final ones replace it. @throws ApiError */
	const sendAnswer = async (answer: Answer, sent: Promise<Pairing>) => {
		try {
			setState({ name: "open", pairing: await sent });
		} catch (failure) {
			const error = asApiError(failure);
			const isFinal = FINAL_ERRORS.includes(error.code ?? "");
			if (isFinal) setState({ name: "failed", error, answer });
			else throw error;
		}
	};

	createEffect(on(userCode, () => void reopen()));
	createEffect(() => {
		const current = state();
		if (current.name !== "open") return;
		const { status, expiresAt } = current.pairing;
		if (status === "pending") {
			const timer = setTimeout(() => void open(), Math.max(0, Date.parse(expiresAt) - Date.now()) + EXPIRY_SLACK_MS);
			onCleanup(() => clearTimeout(timer));
		} else if (status === "approved" || status === "issued") {
			pollWhileVisible(WATCH_MS, async () => {
				const pairing = await openPairing(userCode());
				if (state() === current && pairing.status !== status) setState({ name: "open", pairing });
			});
		}
	});
	onCleanup(() => attempt.abort());

	return {
		state,
		reopen,
		approve: (approval: Approval) => sendAnswer("approve", approvePairing(userCode(), approval)),
		deny: () => sendAnswer("deny", denyPairing(userCode())),
	};
}

export type PairingStore = ReturnType<typeof createPairing>;
