import { readValue } from "../../plugin/build/model-values.ts";
import { ROUTES } from "../../shared/wire.ts";
import { isLoopbackHost } from "../config.ts";
import { ask, NoReply } from "./ask.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";
import { challengeIn } from "./gate.ts";
import { leadsTo, ownAddress } from "./own-address.ts";
import type { Situation } from "./proxy.ts";

/** Whether the server hands out the plugin, with the address at which it was asked. */
export async function lookAtPlugin({ url, isElsewhere }: Situation): Promise<Finding> {
	try {
		const reply = await ask(new URL(ROUTES.plugin, url));
		if (!reply.text.startsWith("<roblox")) {
			const missing = "The plugin's file on the server is missing or damaged: install the server's files again.";
			return problem("plugin", challengeIn(reply) ?? missing);
		}
		const address = addressIn(reply.text);
		return address === url.origin
			? ok("plugin", `It can be downloaded, and is set up for ${address}.`)
			: problem("plugin", ownAddress(address, { url, isElsewhere }));
	} catch (error) {
		if (!(error instanceof NoReply)) throw error;
		return unseen("plugin", `The download got no response (${error.code}).`);
	}
}

function addressIn(rbxmx: string): string {
	try {
		return readValue(rbxmx, "ServerAddress");
	} catch {
		return "unknown";
	}
}

/** The server itself leads from one of its names on this computer to PUBLIC_URL. */
function redirected(target: URL, situation: Situation): string {
	const { hostname, origin } = situation.url;
	return target.origin !== origin && isLoopbackHost(target.hostname) && isLoopbackHost(hostname)
		? ownAddress(target.origin, situation)
		: `${origin} redirects its page to ${target.origin}${target.pathname}: let the proxy pass on all paths to the server.`;
}

/** Whether there are pages for people. */
export async function lookAtDashboard(situation: Situation): Promise<Finding> {
	try {
		const reply = await ask(new URL("/", situation.url));
		if (reply.status === 200 && reply.text.includes("/assets/")) return ok("dashboard", "It loads.");
		const target = leadsTo(reply, situation.url);
		if (target !== undefined) return problem("dashboard", redirected(target, situation));
		const other = `It does not load (HTTP ${reply.status}): check the server's log.`;
		return problem("dashboard", challengeIn(reply) ?? other);
	} catch (error) {
		if (!(error instanceof NoReply)) throw error;
		return unseen("dashboard", `It did not respond (${error.code}).`);
	}
}
