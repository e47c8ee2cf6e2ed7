import { Place, PlaceKey } from "../place";
import { SendRequest } from "../studio/http";
import { AddressBook } from "./address-book";
import { Attempt, createAttempt } from "./attempt";
import { createBackend, PlaceReport } from "./backend";
import { Flow } from "./flow";
import { checkKey, homeScreen, PlaceSettings } from "./home";
import { createPendingKey, PendingKey } from "./pending-key";
import { createRevocations } from "./revocation";
import { runFlow } from "./run-flow";
import { KeyCheck, Screen, SessionState } from "./state";

export interface SessionDependencies {
	place: Place;
	send: SendRequest;
	addresses: AddressBook;
	readSettings: () => PlaceSettings;
	readReport: () => PlaceReport;
}

/** What the user can do and what is shown, independent of the widget. */
export interface Session {
	state: () => SessionState;
	onChange: (listener: (state: SessionState) => void) => void;
	/** Inspects the place and checks its key, unless an attempt is in progress. */
	refresh: () => void;
	/** Connect or Reconnect, depending on the place. */
	connect: () => void;
	retry: () => void;
	cancel: () => void;
	confirm: () => void;
	openSettings: () => void;
	saveAddress: (text: string) => void;
	useBakedAddress: () => void;
	close: () => void;
}

export function createSession(dependencies: SessionDependencies): Session {
	const { place, send, addresses } = dependencies;
	const revocations = createRevocations();
	const listeners = new Array<(state: SessionState) => void>();
	let state: SessionState = {
		screen: { kind: "disconnected", address: addresses.current(), published: dependencies.readSettings().published },
		busy: false,
	};
	let attempt: Attempt | undefined;
	let pendingKey: PendingKey | undefined;
	let attempts = 0;
	/** Incremented to drop the result of a check in progress. */
	let checks = 0;
	let confirmed = false;
	let locked = false;
	let check: KeyCheck | undefined;
	/** The key on the `confirm-client` screen. */
	let unconfirmed: PlaceKey | undefined;
	let closed = false;

	function set(changed: SessionState) {
		if (closed) return;
		state = changed;
		for (const listener of listeners) listener(state);
	}

	function home(known?: KeyCheck, fresh = false): Screen {
		return homeScreen(place.inspect(), addresses.current(), dependencies.readSettings(), fresh, known);
	}

	function goHome(fresh = false, known?: KeyCheck) {
		attempt = undefined;
		checks += 1;
		const thisCheck = checks;
		const before = place.inspect();
		check = known;
		const checking = before.kind === "managed" && known === undefined;
		set({ screen: home(known, fresh), busy: checking });
		if (before.kind !== "managed" || known !== undefined) return;
		task.spawn(() => {
			const result = checkKey(send, before.found);
			if (thisCheck !== checks || attempt !== undefined || state.screen.kind !== "connected") return;
			const now = place.inspect();
			if (now.kind !== "managed" || now.found.key !== before.found.key) {
				goHome();
				return;
			}
			check = result;
			set({ screen: home(result, fresh), busy: false });
		});
	}

	function endAttempt() {
		attempt?.end();
		// While the place is being written, the flow settles the key once it knows where the key ended up.
		if (!locked) pendingKey?.discard();
		attempt = undefined;
		pendingKey = undefined;
	}

	function begin(found: PlaceKey | undefined) {
		endAttempt();
		attempts += 1;
		checks += 1;
		const thisAttempt = createAttempt(attempts);
		const address = addresses.current();
		const backend = createBackend(send, address);
		attempt = thisAttempt;
		pendingKey = createPendingKey(backend, revocations);
		confirmed = false;
		const flow: Flow = {
			attempt: thisAttempt,
			intent: found === undefined ? "connect" : "reconnect",
			address,
			backend,
			place,
			pendingKey,
			oldKey: found,
			check: () => check,
			setCheck: (known) => (check = known),
			report: dependencies.readReport,
			show: (screen, busy) => thisAttempt.isLive() && set({ screen, busy }),
			notify: (notice) => thisAttempt.isLive() && set({ ...state, notice }),
			isConfirmed: () => confirmed,
			lock: (on) => (locked = on),
			goHome: (fresh, known) => thisAttempt.isLive() && goHome(fresh, known),
		};
		task.spawn(() => {
			runFlow(flow);
			thisAttempt.end();
		});
	}

	/** Whether an operation is in progress that must not be interrupted. */
	function isUninterruptible() {
		const { kind } = state.screen;
		return locked || kind === "installing" || kind === "unconfirmed";
	}

	/** Ends the attempt and shows a screen that waits for the user. */
	function stopAt(screen: Screen) {
		endAttempt();
		checks += 1;
		set({ screen, busy: false });
	}

	/** `accepted`: the key whose modified Client the user accepted. */
	function connect(accepted?: PlaceKey) {
		if (isUninterruptible()) return;
		const current = place.inspect();
		const found = current.kind === "managed" ? current.found : undefined;
		const refusal = place.refusalFor(found === undefined ? "connect" : "reconnect", addresses.current());
		if (refusal !== undefined) {
			stopAt({ kind: "refused", refusal });
		} else if (found?.asked !== undefined && found.asked !== accepted?.asked) {
			unconfirmed = found;
			stopAt({ kind: "confirm-client", path: found.path });
		} else begin(found);
	}

	function leaveSettings() {
		if (state.screen.kind === "settings") goHome();
	}

	return {
		state: () => state,
		onChange: (listener) => listeners.push(listener),
		refresh: () => {
			const { kind } = state.screen;
			if (kind === "disconnected" || kind === "connected" || kind === "refused") goHome();
		},
		connect: () => connect(),
		retry: () => {
			const { kind } = state.screen;
			if (kind === "failed") connect();
			else if (kind === "refused" || kind === "connected" || kind === "disconnected") goHome();
			else attempt?.nudge();
		},
		cancel: () => {
			if (isUninterruptible()) return;
			endAttempt();
			goHome();
		},
		confirm: () => {
			if (state.screen.kind === "confirm-client") {
				connect(unconfirmed);
				return;
			}
			confirmed = true;
			attempt?.nudge();
		},
		openSettings: () => {
			if (isUninterruptible()) return;
			stopAt({ kind: "settings", address: addresses.current(), baked: addresses.baked });
		},
		saveAddress: (text) => {
			const problem = addresses.choose(text);
			if (problem === undefined) {
				leaveSettings();
				return;
			}
			set({
				screen: { kind: "settings", address: addresses.current(), baked: addresses.baked, typed: text, problem },
				busy: false,
			});
		},
		useBakedAddress: () => {
			addresses.useBaked();
			leaveSettings();
		},
		close: () => {
			closed = true;
			endAttempt();
			revocations.stop();
			checks += 1;
		},
	};
}
