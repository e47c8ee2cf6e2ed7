import { appendFile } from "node:fs/promises";
import path from "node:path";

import { Machine } from "../debian/machine.ts";
import { networkOf } from "../debian/root.ts";
import { commandsIn, sectionOf, stepsIn } from "./commands.ts";
import { type Lap, startLaps } from "./laps.ts";

const DOCUMENT = "docs/production.md";
const LINK = /https:\/\/keys\.example\.com\/setup#token=([\w-]{43})/;
/** Where Caddy has the certificate of its own authority. */
const AUTHORITY = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt";

/**
 * From nothing to a server behind https, by the commands that docs/production.md has for systemd and Caddy, on a machine
 * that systemd boots in a container. In place of a public name and certificate: a line in /etc/hosts, and Caddy's own
 * authority.
 */
export async function tryProduction(root: string): Promise<{ steps: number; laps: Lap[]; doctor: string }> {
	const text = await sectionOf(DOCUMENT, "## With systemd");
	const [build = "", start = "", readLink = "", ownDoctor = ""] = commandsIn(text);
	const [caddy = ""] = commandsIn(await sectionOf(DOCUMENT, "### Caddy"));
	const [doctor = ""] = commandsIn(await sectionOf(DOCUMENT, "## See whether it works"));
	await appendFile(path.join(root, "etc/hosts"), "127.0.0.1 keys.example.com\n");
	const machine = await Machine.boot(root, await networkOf(root));
	const run = async (commands: string) => {
		const { code, output } = await machine.run(commands);
		if (code !== 0) throw new Error(`Exit code ${String(code)}:\n${commands}\n${output}`);
		return output;
	};
	try {
		const { laps, lap } = startLaps();
		await run("git clone --quiet /srv/auxvyn.bundle /opt/auxvyn");
		lap("git clone");
		await run(build);
		lap("build");
		await run(start);
		lap("user, settings and unit");
		await run(caddy);
		await run(`printf '{\\n\\tlocal_certs\\n}\\n%s\\n' "$(cat /etc/caddy/Caddyfile)" > /etc/caddy/Caddyfile`);
		await run("systemctl reload caddy");
		lap("Caddy");
		const token = await waitForLink(() => run(readLink));
		const trust = `NODE_EXTRA_CA_CERTS=${AUTHORITY}`;
		await run(`${trust} node /opt/auxvyn/test/try-docs/use-server.ts https://keys.example.com ${token}`);
		lap("the link, an account, and a key");
		await run(ownDoctor.replace("env ", `env ${trust} `));
		const found = await run(`cd /opt/auxvyn && ${trust} ${doctor}`);
		return { steps: stepsIn(text), laps, doctor: found };
	} finally {
		await machine.stop();
	}
}

/** Starting takes a moment, and `systemctl` does not wait for it. */
async function waitForLink(read: () => Promise<string>): Promise<string> {
	let output = "";
	for (let attempts = 0; attempts < 100; attempts += 1) {
		output = await read();
		const token = LINK.exec(output)?.[1];
		if (token !== undefined) return token;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`The server printed no link:\n${output}`);
}
