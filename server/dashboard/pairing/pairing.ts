import { createEffect, createSignal, on, onCleanup } from "solid-js";

import type { Approval, Pairing } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { approvePairing, denyPairing, openPairing } from "./pairing-api.ts";

const WATCH_MS = 1000;
/** The server's clock decides; this only keeps the page from asking a moment too early. */
const EXPIRY_SLACK_MS = 1500;
/** After these there is nothing left to answer. */
const ENDS = ["unknown_code", "expired_code", "claimed_code", "already_answered"];

type Answer = "approve" | "deny";

export type PairingState =
	| { name: "opening" }
	| { name: "open"; pairing: Pairing }
	/** `asked`: the answer that was refused. */
	| { name: "failed"; error: ApiError; asked?: Answer };

/** One code, from opening it to its end. After an approval it watches until Studio has put the key in its place. */
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
	/** Lets an answer pass, and everything that keeps the form usable; the rest ends the page. @throws ApiError */
	const answer = async (asked: Answer, sent: Promise<Pairing>) => {
		try {
			setState({ name: "open", pairing: await sent });
		} catch (failure) {
			const error = asApiError(failure);
			const ends = ENDS.includes(error.code ?? "");
			if (ends) setState({ name: "failed", error, asked });
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
			repeatWhileVisible(WATCH_MS, async () => {
				const pairing = await openPairing(userCode());
				if (state() === current && pairing.status !== status) setState({ name: "open", pairing });
			});
		}
	});
	onCleanup(() => attempt.abort());

	return {
		state,
		reopen,
		approve: (approval: Approval) => answer("approve", approvePairing(userCode(), approval)),
		deny: () => answer("deny", denyPairing(userCode())),
	};
}

export type PairingStore = ReturnType<typeof createPairing>;
