import type { ServerResponse } from "node:http";
import { PassThrough } from "node:stream";

import { Listener } from "../../../server/live/listener.ts";
import type { Viewer } from "../../../server/live/viewers.store.ts";

const VIEWER: Viewer = { address: "127.0.0.1", accountId: "a", sessionToken: "t", workspaceId: "w" };

export interface WrittenStream {
	stream: Listener;
	answer: PassThrough;
	written: string[];
}

/** A listener whose reader takes nothing, so that all that is written can be seen. It is due at once. */
export function writtenStream(viewer: Viewer = VIEWER): WrittenStream {
	const answer = new PassThrough({ highWaterMark: 1 });
	const written: string[] = [];
	const write = answer.write.bind(answer);
	answer.write = (chunk: string) => {
		written.push(chunk);
		return write(chunk);
	};
	return { answer, written, stream: new Listener(viewer, answer as unknown as ServerResponse) };
}
