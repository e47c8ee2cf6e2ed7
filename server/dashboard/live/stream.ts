import { createEffect, createSignal, onCleanup } from "solid-js";

import { type LiveEvents, readEvent } from "./events.ts";

export type LiveState = "live" | "connecting" | "offline";

export interface StreamListener {
	/** Something may have happened since the page was loaded, or since the last stream ended. */
	opened: () => void;
	/** A stream does not say why it could not be had. Resolves to whether the server answers at all. */
	failed: () => Promise<boolean>;
	heard: (event: LiveEvents[keyof LiveEvents]) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** One may be a server that starts again. */
const FAILURES_OF_OFFLINE = 2;
const EVENTS = ["changed", "used", "over"] as const;

/**
 * The stream of events of a workspace, opened again whenever it ends. Only while the page is visible: a browser has six
 * connections to a server for all its pages. No state where there is no workspace.
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
			listener.opened();
		});
		source.addEventListener("error", fail);
		for (const name of EVENTS) {
			source.addEventListener(name, ({ data }: MessageEvent<string>) => {
				const event = readEvent(name, data);
				if (event) listener.heard(event);
			});
		}
	};
	/** The browser would try again, too, but not after every failure, nor ever more seldom. */
	const fail = () => {
		stop();
		failures += 1;
		if (state() === "live") setState("connecting");
		const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
		timer = setTimeout(start, wait * (0.8 + 0.4 * Math.random()));
		const attempt = timer;
		void listener.failed().then((answers) => {
			if (timer === attempt) setState(answers || failures < FAILURES_OF_OFFLINE ? "connecting" : "offline");
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
