import { expect, test } from "vitest";

import { openLoop } from "./helper.ts";

test("connecting writes one managed Script, proves its key and shows whose it is", async () => {
	const loop = await openLoop({ facts: "published", log: console.log });
	const widget = await loop.connect();
	expect(widget.state).toBe("connected");
	console.log(
		widget,
		await loop.managedScript(),
		await loop.activeKeys(),
		await loop.studio.history(),
		await loop.studio.studioOutput(),
	);
	const server = await loop.studio.publish();
	console.log(server);
});
