import { createEffect, createSignal, on, onCleanup } from "solid-js";

import { HEARTBEAT_SECONDS } from "../../../shared/limits.ts";
import { readEvent, type StreamEvent } from "./events.ts";

export type LiveState = "live" | "connecting" | "offline";

export interface StreamListener {
	/** The stream opened. Changes since the page load, or since the last stream, may have been missed. */
	onOpen: () => void;
	/** The stream failed or is silent, without saying why. Resolves to whether the server responds. */
	onError: () => Promise<boolean>;
	onEvent: (event: StreamEvent) => void;
}

const MIN_RETRY_MS = 500;
const MAX_RETRY_MS = 15_000;
const MAX_OPENING_MS = 10_000;
/** An open stream that is silent for longer is dead, although its connection may not be. */
const MAX_SILENCE_MS = 2.5 * HEARTBEAT_SECONDS * 1000;
/** A timer that fires later than this was held up with the page, and so may be events that have arrived. */
const LATE_MS = 1_000;
/** A single failure may be a server restart. */
const FAILURES_UNTIL_OFFLINE = 2;
const EVENTS = ["changed", "used", "over"] as const;

/**
 * A workspace's event stream, reopened whenever it ends or falls silent. Only open while the page is visible: a browser allows six
 * connections per server across its tabs. The state is undefined without a workspace.
 */
export function createStream(
	workspaceId: () => string | undefined,
	listener: StreamListener,
): () => LiveState | undefined {
	const [state, setState] = createSignal<LiveState>("connecting");
	let source: EventSource | undefined;
	/** Until the next attempt, or until the server must have been heard from. */
	let timer: ReturnType<typeof setTimeout> | undefined;
	let failures = 0;

	const stop = () => {
		clearTimeout(timer);
		source?.close();
		source = undefined;
	};
	const start = () => {
		stop();
		const id = workspaceId();
		if (id === undefined || document.visibilityState !== "visible") return;
		if (state() === "live") setState("connecting");
		expectWithin(MAX_OPENING_MS);
		source = new EventSource(`/api/workspaces/${encodeURIComponent(id)}/events`);
		source.addEventListener("open", () => {
			failures = 0;
			expectWithin(MAX_SILENCE_MS);
			setState("live");
			listener.onOpen();
		});
		source.addEventListener("error", fail);
		source.addEventListener("heartbeat", () => expectWithin(MAX_SILENCE_MS));
		for (const name of EVENTS) {
			source.addEventListener(name, ({ data }: MessageEvent<string>) => {
				expectWithin(MAX_SILENCE_MS);
				const event = readEvent(name, data);
				if (event) listener.onEvent(event);
			});
		}
	};
	const expectWithin = (ms: number) => {
		const due = performance.now() + ms;
		clearTimeout(timer);
		timer = setTimeout(() => {
			if (performance.now() - due > LATE_MS) expectWithin(LATE_MS);
			else {
				suspect();
				if (state() !== "live") setState("offline");
				fail();
			}
		}, ms);
	};
	/** After this, the next failure means that the server is not responding. */
	const suspect = () => {
		failures = Math.max(failures, FAILURES_UNTIL_OFFLINE - 1);
	};
	/** The browser reconnects too, but not after every failure, and without backing off. */
	const fail = () => {
		stop();
		failures += 1;
		if (state() === "live") setState("connecting");
		const wait = Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 2 ** (failures - 1));
		timer = setTimeout(start, wait * (0.8 + 0.4 * Math.random()));
		void listener.onError().then((responds) => {
			if (state() !== "live") setState(responds || failures < FAILURES_UNTIL_OFFLINE ? "connecting" : "offline");
		});
	};

	createEffect(
		on(workspaceId, () => {
			failures = 0;
			setState("connecting");
			start();
		}),
	);
	document.addEventListener("visibilitychange", start);
	addEventListener("online", start);
	// A server on this computer may still respond.
	const onOffline = () => {
		suspect();
		start();
	};
	addEventListener("offline", onOffline);
	onCleanup(() => {
		stop();
		document.removeEventListener("visibilitychange", start);
		removeEventListener("online", start);
		removeEventListener("offline", onOffline);
	});
	return () => (workspaceId() === undefined ? undefined : state());
}
