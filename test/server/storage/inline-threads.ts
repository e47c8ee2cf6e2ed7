import { MessageChannel } from "node:worker_threads";

import { serve } from "../../../server/storage/sqlite/serve.ts";
import { createThread, type ThreadProcess, type Threads } from "../../../server/storage/sqlite/thread.ts";
import type { StoreList } from "../../../server/storage/store-list.ts";

/** Storage's threads in the test's own thread, where they can be observed. */
export function inlineThreads(stores: StoreList): Threads {
	const start = (): ThreadProcess => {
		const { port1, port2 } = new MessageChannel();
		serve(port2, stores);
		return Object.assign(port1, { terminate: async () => port1.close() });
	};
	return { writer: createThread("writer", start), reader: createThread("reader", start) };
}
