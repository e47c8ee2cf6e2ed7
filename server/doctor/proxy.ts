import { isIP } from "node:net";

import { isLoopbackHost } from "../config.ts";
import { FORGED_ADDRESS } from "../http/untrusted-proxy.ts";
import { isPrivate } from "./address.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";
import { networkOf } from "./gate.ts";
import type { Answer } from "./readiness.ts";

export interface Situation {
	url: URL;
	/** What the URL's host name stands for. */
	addresses: string[];
	/** Whether this is another computer than the server, as far as it was said. */
	isElsewhere: boolean;
}

/** Whether the server learns its clients' addresses from the proxy, and from nobody else. */
export function lookAtProxy({ url, addresses, isElsewhere }: Situation, { reply, readiness }: Answer): Finding {
	if (readiness === undefined) return unseen("proxy", "The server did not answer.");
	if (url.protocol === "http:" && isLoopbackHost(url.hostname)) return ok("proxy", "Not looked at on this computer.");
	if (readiness.proxy?.trusted === false) {
		return problem(
			"proxy",
			"TRUSTED_PROXIES does not name the proxy, so all clients share its address and its limits: set it to the proxy's address, which is in the server's log, and restart the server.",
		);
	}
	const { address = "", forwarded } = readiness.client ?? {};
	if (isIP(address) === 0) return unseen("proxy", "This server does not say whom it sees: update it.");
	if (forwarded !== true) {
		return problem(
			"proxy",
			"The proxy does not pass on its clients' addresses, so they all share one and its limits: let it set X-Forwarded-For, as in docs/production.md.",
		);
	}
	const isHere = addresses.every((each) => each.startsWith("127.") || each === "::1");
	if (address === FORGED_ADDRESS) {
		return isHere
			? unseen("proxy", "Everything is on this computer, so clients cannot be told apart: run this from another one.")
			: problem(
					"proxy",
					"The server believes what clients say about their own address: let the proxy set X-Forwarded-For, as in docs/production.md, and name only the proxy's own address in TRUSTED_PROXIES.",
				);
	}
	if (isPrivate(address) && !addresses.some(isPrivate)) {
		return isElsewhere
			? problem(
					"proxy",
					`The server sees this computer as ${address}, which is the address of something between: add it to TRUSTED_PROXIES, and let it pass on X-Forwarded-For.`,
				)
			: unseen("proxy", `The server sees this computer as ${address}: run this from another one.`);
	}
	const network = reply && networkOf(reply);
	return network === undefined
		? ok("proxy", `The server sees this computer as ${address}.`)
		: unseen(
				"proxy",
				`The server sees this computer as ${address}: if that is ${network}'s address, add its networks to TRUSTED_PROXIES.`,
			);
}
