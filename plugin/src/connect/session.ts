import { Place, PlaceKey } from "../place";
import { SendRequest } from "../studio/http";
import { AddressBook } from "./address-book";
import { Attempt, createAttempt } from "./attempt";
import { createBackend, PlaceReport } from "./backend";
import { Flow } from "./flow";
import { checkKey, homeScreen, PlaceSettings } from "./home";
import { createKeyInHand, KeyInHand } from "./key-in-hand";
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

/** Everything that a person can ask of the plugin, and what it shows. Knows nothing of widgets. */
export interface Session {
	state: () => SessionState;
	onChange: (listener: (state: SessionState) => void) => void;
	/** Looks at the place and asks the backend about its key, unless an attempt is under way. */
	refresh: () => void;
	/** Connect or Reconnect, whichever the place calls for. */
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
	let hand: KeyInHand | undefined;
	let attempts = 0;
	let looks = 0;
	let confirmed = false;
	let locked = false;
	let check: KeyCheck | undefined;
	/** The key whose Client the person was asked about. */
	let asked: PlaceKey | undefined;
	let closed = false;

	function set(changed: SessionState) {
		if (closed) return;
		state = changed;
		for (const listener of listeners) listener(state);
	}

	function home(known?: KeyCheck, fresh = false): Screen {
		return homeScreen(place.look(), addresses.current(), dependencies.readSettings(), fresh, known);
	}

	function goHome(fresh = false, known?: KeyCheck) {
		attempt = undefined;
		looks += 1;
		const mine = looks;
		const look = place.look();
		check = known;
		const asking = look.kind === "managed" && known === undefined;
		set({ screen: home(known, fresh), busy: asking });
		if (look.kind !== "managed" || known !== undefined) return;
		task.spawn(() => {
			const answer = checkKey(send, look.found);
			if (mine !== looks || attempt !== undefined || state.screen.kind !== "connected") return;
			const now = place.look();
			if (now.kind !== "managed" || now.found.key !== look.found.key) {
				goHome();
				return;
			}
			check = answer;
			set({ screen: home(answer, fresh), busy: false });
		});
	}

	function endAttempt() {
		attempt?.end();
		// A key that is being written is decided by whoever writes it, once it is known where it stands.
		if (!locked) hand?.discard();
		attempt = undefined;
		hand = undefined;
	}

	function begin(found: PlaceKey | undefined) {
		endAttempt();
		attempts += 1;
		looks += 1;
		const mine = createAttempt(attempts);
		const address = addresses.current();
		const backend = createBackend(send, address);
		attempt = mine;
		hand = createKeyInHand(backend, revocations);
		confirmed = false;
		const flow: Flow = {
			attempt: mine,
			intent: found === undefined ? "connect" : "reconnect",
			address,
			backend,
			place,
			hand,
			from: found,
			check: () => check,
			setCheck: (known) => (check = known),
			report: dependencies.readReport,
			show: (screen, busy) => mine.isLive() && set({ screen, busy }),
			note: (note) => mine.isLive() && set({ ...state, note }),
			isConfirmed: () => confirmed,
			lock: (on) => (locked = on),
			goHome: (fresh, known) => mine.isLive() && goHome(fresh, known),
		};
		task.spawn(() => {
			runFlow(flow);
			mine.end();
		});
	}

	/** Whether something is under way that must come to its end. */
	function isBound() {
		const { kind } = state.screen;
		return locked || kind === "installing" || kind === "unconfirmed";
	}

	/** Leaves whatever was under way for a screen that waits for the person. */
	function stopAt(screen: Screen) {
		endAttempt();
		looks += 1;
		set({ screen, busy: false });
	}

	/** `accepted`: what the person said may have a key although its Client is not the plugin's own. */
	function connect(accepted?: PlaceKey) {
		if (isBound()) return;
		const look = place.look();
		const found = look.kind === "managed" ? look.found : undefined;
		const refusal = place.refusalFor(found === undefined ? "connect" : "reconnect", addresses.current());
		if (refusal !== undefined) {
			stopAt({ kind: "refused", refusal });
		} else if (found?.warnings.includes("client-changed") && found.client !== accepted?.client) {
			asked = found;
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
			if (isBound()) return;
			endAttempt();
			goHome();
		},
		confirm: () => {
			if (state.screen.kind === "confirm-client") {
				connect(asked);
				return;
			}
			confirmed = true;
			attempt?.nudge();
		},
		openSettings: () => {
			if (isBound()) return;
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
			looks += 1;
		},
	};
}
