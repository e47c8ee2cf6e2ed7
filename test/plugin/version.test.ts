import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { readValue } from "../../plugin/build/model-values.ts";
import { builtPlugin } from "../studio/built-plugin.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

const builtVersion = async () => readValue(await readFile(await builtPlugin(), "utf8"), "Version");

/** Passes requests on, and keeps the version that came with each. */
async function recordingProxy(target: string) {
	const versions: [path: string, version: string | undefined][] = [];
	const proxy = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			versions.push([request.url ?? "", request.headers["x-auxvyn-plugin"]?.toString()]);
			const { host: _, "content-length": __, connection: ___, ...headers } = request.headers;
			const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
			void fetch(`${target}${request.url ?? ""}`, {
				method: request.method ?? "GET",
				headers: headers as Record<string, string>,
				...body,
			}).then(async (answer) => {
				response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
				response.end(await answer.text());
			});
		});
	});
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void proxy.close());
	return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, versions };
}

test("Settings name the plugin's version", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.studio.click("Settings");
	const { texts } = await loop.studio.settle();
	expect(texts).toContain(`Plugin version: ${await builtVersion()}`);
});

test("every request of the plugin says its version, and the approval page gets it", async () => {
	const loop = await openLoop({ facts: "published" });
	const proxy = await recordingProxy(loop.address);
	await loop.studio.click("Settings");
	await loop.studio.type("ServerAddress", proxy.url);
	await loop.studio.click("Save");
	await loop.studio.settle();
	await loop.studio.click("Connect");
	const shown = await loop.person.request("GET", `/api/pairings/${await loop.userCode()}`);
	const version = await builtVersion();
	expect(shown.json()).toMatchObject({ reported: { pluginVersion: version } });
	await loop.approve();
	await loop.studio.waitFor("Connected");

	const routes = ["/oauth/device_authorization", "/oauth/token", "/v1/whoami"];
	expect([...new Set(proxy.versions.map(([path]) => path))]).toEqual(expect.arrayContaining(routes));
	expect(new Set(proxy.versions.map(([, sent]) => sent))).toEqual(new Set([version]));
});
