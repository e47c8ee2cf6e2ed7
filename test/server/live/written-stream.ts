import type { ServerResponse } from "node:http";
import { PassThrough } from "node:stream";

import { Listener } from "../../../server/live/listener.ts";
import type { Viewer } from "../../../server/live/viewers.store.ts";

const VIEWER: Viewer = { address: "127.0.0.1", accountId: "a", sessionToken: "t", workspaceId: "w" };

export interface WrittenStream {
	stream: Listener;
	response: PassThrough;
	written: string[];
}

/** A listener whose client never reads, recording what is written. It is due at once. */
export function writtenStream(viewer: Viewer = VIEWER): WrittenStream {
	const response = new PassThrough({ highWaterMark: 1 });
	const written: string[] = [];
	const write = response.write.bind(response);
	response.write = (chunk: string) => {
		written.push(chunk);
		return write(chunk);
	};
	return { response, written, stream: new Listener(viewer, response as unknown as ServerResponse) };
}
