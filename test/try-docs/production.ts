import { appendFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Machine } from "../debian/machine.ts";
import { networkOf } from "../debian/root.ts";
import { commandsIn, sectionOf, stepsIn } from "./commands.ts";
import { type Lap, startLaps } from "./laps.ts";

const DOCUMENT = "docs/production.md";
const LINK = /https:\/\/keys\.example\.com\/setup#token=([\w-]{43})/;
const TIMEOUT_MS = 30_000;
/** Where Caddy has the certificate of its own authority. */
const AUTHORITY = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt";
/** For the server's user, who may not read Caddy's folder. */
const COPY = "/etc/ssl/certs/caddy-local.crt";

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
	await appendFile(path.join(root, "etc/hosts"), `127.0.0.1 keys.example.com ${path.basename(root)}\n`);
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
		const token = await eventually(async () => LINK.exec(await run(readLink))?.[1], "a set-up link in the journal");
		const trust = `NODE_EXTRA_CA_CERTS=${COPY}`;
		const answer = `install -m 644 ${AUTHORITY} ${COPY} && ${trust} node -e 'fetch("https://keys.example.com/readyz").then(({ ok }) => process.exit(ok ? 0 : 1))'`;
		await eventually(async () => ((await machine.run(answer)).code === 0 ? true : undefined), "an answer over https");
		await run(`${trust} node /opt/auxvyn/test/try-docs/use-server.ts https://keys.example.com ${token}`);
		lap("the link, an account, and a key");
		await run(ownDoctor.replace("env ", `env ${trust} `));
		const found = await run(`cd /opt/auxvyn && ${trust} ${doctor}`);
		return { steps: stepsIn(text), laps, doctor: found };
	} finally {
		await machine.stop();
	}
}

/** Starting a server and getting a certificate take a moment, and `systemctl` waits for neither. */
async function eventually<Found>(look: () => Promise<Found | undefined>, what: string): Promise<Found> {
	const end = performance.now() + TIMEOUT_MS;
	while (performance.now() < end) {
		const found = await look();
		if (found !== undefined) return found;
		await sleep(200);
	}
	throw new Error(`Not within ${TIMEOUT_MS / 1000} s: ${what}`);
}
