import { createEffect, createSignal, onCleanup } from "solid-js";

import type { LiveEvents } from "../../../shared/wire.ts";
import { readEvent } from "./events.ts";

export type LiveState = "live" | "connecting" | "offline";

export interface StreamListener {
	/** The stream opened. Changes since the page load, or since the last stream, may have been missed. */
	onOpen: () => void;
	/** The stream failed, without saying why. Resolves to whether the server responds. */
	onError: () => Promise<boolean>;
	onEvent: (event: LiveEvents[keyof LiveEvents]) => void;
}

const MIN_RETRY_MS = 500;
const MAX_RETRY_MS = 15_000;
/** A single failure may be a server restart. */
const FAILURES_UNTIL_OFFLINE = 2;
const EVENTS = ["changed", "used", "over"] as const;

/**
 * A workspace's event stream, reopened whenever it ends. Only open while the page is visible: a browser allows six
 * connections per server across its tabs. The state is undefined without a workspace.
 */
export function createStream(
	workspaceId: () => string | undefined,
	listener: StreamListener,
): () => LiveState | undefined {
	const [state, setState] = createSignal<LiveState>("connecting");
	let source: EventSource | undefined;
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
		source = new EventSource(`/api/workspaces/${encodeURIComponent(id)}/events`);
		source.addEventListener("open", () => {
			failures = 0;
			setState("live");
			listener.onOpen();
		});
		source.addEventListener("error", fail);
		for (const name of EVENTS) {
			source.addEventListener(name, ({ data }: MessageEvent<string>) => {
				const event = readEvent(name, data);
				if (event) listener.onEvent(event);
			});
		}
	};
	/** The browser reconnects too, but not after every failure, and without backing off. */
	const fail = () => {
		stop();
		failures += 1;
		if (state() === "live") setState("connecting");
		const wait = Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 2 ** (failures - 1));
		timer = setTimeout(start, wait * (0.8 + 0.4 * Math.random()));
		const attempt = timer;
		void listener.onError().then((responds) => {
			if (timer === attempt) setState(responds || failures < FAILURES_UNTIL_OFFLINE ? "connecting" : "offline");
		});
	};

	createEffect(() => {
		workspaceId();
		failures = 0;
		setState("connecting");
		start();
	});
	document.addEventListener("visibilitychange", start);
	addEventListener("online", start);
	onCleanup(() => {
		stop();
		document.removeEventListener("visibilitychange", start);
		removeEventListener("online", start);
	});
	return () => (workspaceId() === undefined ? undefined : state());
}
