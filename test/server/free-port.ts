import { createServer } from "node:net";

/** A port that nothing listened on a moment ago. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => {
				if (address !== null && typeof address === "object") resolve(address.port);
				else reject(new Error("No port was given."));
			});
		});
	});
}
