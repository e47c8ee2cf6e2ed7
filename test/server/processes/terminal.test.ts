import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

import { startNode } from "../../tools/helper.ts";
import { freePort } from "../free-port.ts";
import { tempDir } from "../temp-dir.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
/** As if a person were looking. */
const AT_A_TERMINAL = ["--import", "data:text/javascript,process.stdout.isTTY = true"];

it("npm start on a terminal prints two lines, and then a log for people, without keys in it", async () => {
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const env = { PATH: "", PORT: String(port), DATA_DIR: await tempDir(), DISK_FLOOR_MB: "0", NO_COLOR: "1", TZ: "UTC" };
	const server = startNode([...AT_A_TERMINAL, "server/start.js"], { cwd: REPOSITORY, env });
	await server.says("/setup#token=");
	await fetch(`${url}/v1/whoami`, { headers: { "x-api-key": `auxvyn_${"a".repeat(60)}` } });
	await server.says("/v1/whoami");
	server.process.kill("SIGTERM");
	const { stdout, stderr } = await server.ended;
	expect(stderr).toBe("");
	const [address, setUp, ...log] = stdout.trimEnd().split("\n");
	expect(address).toBe(`Auxvyn is ready: open ${url}`);
	expect(setUp).toMatch(/^Create the first account, once, within 24 hours: http/);
	expect(log.length).toBeGreaterThan(0);
	for (const line of log) expect(line).toMatch(/^\[\d\d:\d\d:\d\d\] (INFO|WARN): \S/);
	expect(log.join("\n")).not.toMatch(/a{60}|"level"/);
});
