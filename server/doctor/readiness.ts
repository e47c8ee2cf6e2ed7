import { Type } from "typebox";
import { Value } from "typebox/value";

import { FORGED_ADDRESS } from "../http/untrusted-proxy.ts";
import { ask, NoReply, type Reply } from "./ask.ts";
import { type Finding, ok, problem, unseen } from "./finding.ts";
import { challengeIn } from "./gate.ts";
import { leadsTo } from "./own-address.ts";

const READINESS = Type.Object({
	clock: Type.Optional(Type.Object({ leadSeconds: Type.Optional(Type.Number()) })),
	disk: Type.Optional(Type.Object({ low: Type.Optional(Type.Boolean()) })),
	proxy: Type.Optional(Type.Object({ trusted: Type.Optional(Type.Boolean()) })),
	/** Only if backups are scheduled. */
	backup: Type.Optional(
		Type.Object({
			lastAt: Type.Optional(Type.Union([Type.String(), Type.Null()])),
			failed: Type.Optional(Type.Boolean()),
			commandFailed: Type.Optional(Type.Boolean()),
		}),
	),
	/** The client as the server sees it; only newer servers say so. */
	client: Type.Optional(
		Type.Object({ address: Type.Optional(Type.String()), forwarded: Type.Optional(Type.Boolean()) }),
	),
});

/** What /readyz says. */
export type Readiness = Type.Static<typeof READINESS>;

export interface Answer {
	finding: Finding;
	/** Undefined if the server did not answer. */
	reply?: Reply;
	readiness?: Readiness;
}

/** Asks the server at the address whether it is ready, as a client that lies about its own address. */
export async function askReadiness(url: URL): Promise<Answer> {
	try {
		const reply = await ask(new URL("/readyz?client", url), { "x-forwarded-for": FORGED_ADDRESS });
		return { reply, ...judge(url, reply) };
	} catch (error) {
		if (!(error instanceof NoReply)) throw error;
		return { finding: unseen("server", `No response from ${url.origin} (${error.code}): see address and https.`) };
	}
}

function judge(url: URL, reply: Reply): Pick<Answer, "finding" | "readiness"> {
	const { json } = reply;
	if (json?.["status"] === "ready" && Value.Check(READINESS, json))
		return { finding: ok("server", "It is ready."), readiness: json };
	if (json?.["code"] === "not_ready") {
		return { finding: problem("server", "It runs, but its database does not respond: check its log.") };
	}
	return { finding: problem("server", challengeIn(reply) ?? whatElse(url, reply)) };
}

function whatElse(url: URL, reply: Reply): string {
	const { origin } = url;
	const { status } = reply;
	const target = leadsTo(reply, url)?.origin;
	if (target !== undefined) {
		return target === origin
			? `${origin} redirects requests instead of passing them to the server: let the proxy pass on all paths.`
			: `${origin} redirects to ${target}: use that as PUBLIC_URL, or let the proxy pass on requests here.`;
	}
	if (status >= 502 && status <= 504) {
		return `The proxy answers, but reaches no server that is ready (HTTP ${status}): start the server, let it reach its database, and check the address in the proxy's configuration.`;
	}
	return `Something other than Auxvyn answers at ${origin} (HTTP ${status}): let the proxy pass on all paths of this host name to the server.`;
}
