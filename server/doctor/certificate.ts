import { isIP } from "node:net";
import { connect } from "node:tls";

import { isLoopbackHost } from "../config.ts";
import { portOf } from "./address.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";

const TIMEOUT_MS = 10_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Proxies renew a certificate when a third of its lifetime is left. */
const OVERDUE_SHARE = 1 / 5;

const REASONS: Record<string, string> = {
	CERT_HAS_EXPIRED: "has expired: the proxy's log says why it was not renewed.",
	CERT_NOT_YET_VALID: "is not valid yet: check the clock of the server and of this computer.",
	DEPTH_ZERO_SELF_SIGNED_CERT:
		"is self-signed, which games and Studio refuse: get one from Let's Encrypt, as Caddy does by itself.",
	ERR_TLS_CERT_ALTNAME_INVALID: "is for another host name: get one for this name.",
	SELF_SIGNED_CERT_IN_CHAIN:
		"is not from an authority that this computer knows: get one from Let's Encrypt, as Caddy does by itself.",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
		"is not from an authority that this computer knows, or the proxy sends it without the ones between: give it the full chain (fullchain.pem).",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		"comes without the ones between it and its authority: give the proxy the full chain (fullchain.pem).",
};

interface Shown {
	/** Why it is not trusted; undefined if it is. */
	reason: string | undefined;
	validFrom: number;
	validTo: number;
}

/** Whether the address speaks https with a certificate that others accept, and for how long. */
export async function lookAtCertificate(url: URL): Promise<Finding> {
	if (url.protocol !== "https:") {
		return isLoopbackHost(url.hostname)
			? ok("https", "Not needed on this computer.")
			: problem(
					"https",
					"The address is http, so keys and passwords can be read on their way: put an https proxy in front, and set PUBLIC_URL to https.",
				);
	}
	let shown: Shown;
	try {
		shown = await certificateOf(url);
	} catch (error) {
		const { code = "" } = error as NodeJS.ErrnoException;
		return code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG"
			? problem("https", `Port ${portOf(url)} speaks http, not https: let the proxy use TLS there.`)
			: unseen(
					"https",
					`The connection ended before a certificate was sent (${code || "no reason given"}): look in the proxy's log.`,
				);
	}
	const { reason, validFrom, validTo } = shown;
	if (reason !== undefined)
		return problem("https", `The certificate ${REASONS[reason] ?? `is not accepted (${reason}).`}`);
	const left = validTo - Date.now();
	const until = `${new Date(validTo).toISOString().slice(0, 10)}, ${inWords(left)} from now`;
	return left < (validTo - validFrom) * OVERDUE_SHARE
		? problem(
				"https",
				`The certificate is valid until ${until}, and should have been renewed: look in the proxy's log.`,
			)
		: ok("https", `The certificate is valid until ${until}.`);
}

function inWords(milliseconds: number): string {
	return milliseconds < 2 * DAY_MS
		? `${Math.floor(milliseconds / HOUR_MS)} hours`
		: `${Math.floor(milliseconds / DAY_MS)} days`;
}

function certificateOf(url: URL): Promise<Shown> {
	const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
	return new Promise((resolve, reject) => {
		// Looks at certificates that are not accepted too; nothing is sent.
		const options = { host, port: portOf(url), rejectUnauthorized: false, timeout: TIMEOUT_MS };
		const socket = connect({ ...options, ...(isIP(host) === 0 && { servername: host }) });
		socket.once("secureConnect", () => {
			const { valid_from, valid_to } = socket.getPeerCertificate();
			const refused = socket.authorizationError as unknown as { code?: string } | string | null;
			socket.destroy();
			const reason = typeof refused === "string" ? refused : refused?.code;
			resolve({ reason, validFrom: Date.parse(valid_from), validTo: Date.parse(valid_to) });
		});
		socket.once("timeout", () => socket.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })));
		socket.once("error", reject);
	});
}
