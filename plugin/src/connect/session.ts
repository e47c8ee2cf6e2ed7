import { Place } from "../place";
import { SendRequest } from "../studio/http";
import { AddressBook } from "./address-book";
import { PlaceReport } from "./backend";
import { Answer, Event, OutsideEvent, UserEvent } from "./machine/events";
import { Look } from "./machine/model";
import { show } from "./machine/screen";
import { initialState, transition } from "./machine/transition";
import { createPerformer } from "./perform";
import { isSame } from "./same";
import { SessionState } from "./state";

export interface PlaceSettings {
	published: boolean;
	/** Whether its game servers and playtests may send requests. */
	httpEnabled: boolean;
}

export interface SessionDependencies {
	place: Place;
	send: SendRequest;
	addresses: AddressBook;
	readSettings: () => PlaceSettings;
	/** Yields while Studio looks up the place's name. */
	readReport: () => PlaceReport;
}

/** What the user can do and what is shown, independent of the widget. */
export interface Session {
	state: () => SessionState;
	onChange: (listener: (state: SessionState) => void) => void;
	/** Connect or Reconnect, depending on the place. */
	connect: () => void;
	retry: () => void;
	/** Cancel, and Back. */
	cancel: () => void;
	/** Replace, or Use it anyway. */
	confirm: () => void;
	adopt: () => void;
	update: () => void;
	checkPlace: () => void;
	/** `find`: the id of an entry on the `scan` screen. */
	removeCopy: (find: string) => void;
	/** Selects an entry on the `scan` screen in the Explorer. */
	selectFind: (find: string) => void;
	openSettings: () => void;
	saveAddress: (text: string) => void;
	useBakedAddress: () => void;
	/** Something that the place is judged by may have changed; `undone` by undo or redo. */
	placeChanged: (undone?: boolean) => void;
	/** Whether anyone can see the widget. */
	setVisible: (visible: boolean) => void;
	/** Selects in the Explorer what the place was judged by. */
	select: () => void;
	/** Releases everything: the plugin unloads. */
	close: () => void;
}

/** Answers that come often, or whose handling does not depend on the place. */
const WITHOUT_LOOK = new Set<Event["kind"]>(["slow", "polled", "provoked", "started"]);

/** Whether the machine waits for the effect with that number. */
function waitsFor(phase: object, id: number): boolean {
	const { workId, scanId } = phase as { workId?: number; scanId?: number };
	return workId === id || scanId === id;
}

/** Runs the state machine: looks at the place for it, does what it wants, and shows what it says. */
export function createSession(dependencies: SessionDependencies): Session {
	const { place, addresses } = dependencies;
	const listeners = new Array<(state: SessionState) => void>();
	const queue = new Array<Event>();
	let running = false;

	function look(): Look {
		const { published, httpEnabled } = dependencies.readSettings();
		return {
			...place.look(),
			published,
			httpEnabled,
			address: addresses.current(),
			baked: addresses.baked,
		};
	}

	let machine = initialState(look());
	let shown = show(machine);

	const performer = createPerformer({
		...dependencies,
		isWanted: (id) => waitsFor(machine.phase, id),
		answer: (answer) => dispatch(answer),
	});

	function update() {
		const { screen, busy, notice } = show(machine);
		// The same objects as long as nothing changes, so that the widget draws nothing anew.
		const drawn = {
			screen: isSame(screen, shown.screen) ? shown.screen : screen,
			busy,
			notice: isSame(notice, shown.notice) ? shown.notice : notice,
		};
		if (drawn.screen === shown.screen && drawn.busy === shown.busy && drawn.notice === shown.notice) return;
		shown = drawn;
		for (const listener of listeners) listener(shown);
	}

	function step(event: Event) {
		const { state, effects } = transition(machine, event);
		machine = state;
		if (machine.phase.kind !== "closed") update();
		for (const effect of effects) performer.perform(effect);
	}

	/** One after another: an effect may answer at once. */
	function dispatch(happened: UserEvent | OutsideEvent | Answer) {
		const seen = WITHOUT_LOOK.has(happened.kind) ? undefined : look();
		queue.push({ ...happened, now: os.clock(), look: seen });
		if (running) return;
		running = true;
		while (!queue.isEmpty()) {
			const event = queue.shift();
			// In a thread of its own: an error in one step must not stop the next.
			if (event !== undefined) task.spawn(() => step(event));
		}
		running = false;
	}

	return {
		state: () => shown,
		onChange: (listener) => listeners.push(listener),
		connect: () => dispatch({ kind: "connect" }),
		retry: () => dispatch({ kind: "retry" }),
		cancel: () => dispatch({ kind: "cancel" }),
		confirm: () => dispatch({ kind: "confirm" }),
		adopt: () => dispatch({ kind: "adopt" }),
		update: () => dispatch({ kind: "update" }),
		checkPlace: () => dispatch({ kind: "check-place" }),
		selectFind: place.selectFind,
		removeCopy: (find) => dispatch({ kind: "remove-copy", find }),
		openSettings: () => dispatch({ kind: "open-settings" }),
		saveAddress: (text) => dispatch({ kind: "save-address", text }),
		useBakedAddress: () => dispatch({ kind: "use-baked-address" }),
		placeChanged: (undone) => dispatch({ kind: "place-changed", undone }),
		setVisible: (visible) => dispatch({ kind: "visible", visible }),
		select: place.select,
		close: () => {
			dispatch({ kind: "unload" });
			performer.stop();
		},
	};
}
