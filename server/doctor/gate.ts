import type { Reply } from "./ask.ts";

/** Networks that stand in front of servers, by a header of their responses. */
const NETWORKS: [name: string, header: string, value: RegExp][] = [
	["Cloudflare", "cf-ray", /./],
	["Cloudflare", "server", /^cloudflare/i],
	["Akamai", "server", /^akamai/i],
	["Sucuri", "server", /^sucuri/i],
	["DDoS-Guard", "server", /^ddos-guard/i],
	["CloudFront", "server", /^cloudfront/i],
	["CloudFront", "x-amz-cf-id", /./],
	["Vercel", "server", /^vercel/i],
	["Fastly", "x-served-by", /^cache-/],
];
/** Headers by which a network says itself that it asks a person to prove to be one. */
const CHALLENGES: [header: string, value: RegExp][] = [
	["cf-mitigated", /challenge/i],
	["x-vercel-mitigated", /challenge/i],
	["x-amzn-waf-action", /challenge|captcha/i],
	["x-datadome", /./],
];
const REFUSED = [403, 429, 503];

/** The network between this computer and the server, if a response names one. */
export function networkOf({ headers }: Reply): string | undefined {
	return NETWORKS.find(([, header, value]) => value.test(headers.get(header) ?? ""))?.[0];
}

/** Says what a bot challenge or a block page of such a network is, and what to do; undefined for other responses. */
export function challengeIn(reply: Reply): string | undefined {
	const isNamed = CHALLENGES.some(([header, value]) => value.test(reply.headers.get(header) ?? ""));
	const isPage = REFUSED.includes(reply.status) && /^text\/html/i.test(reply.headers.get("content-type") ?? "");
	if (!isNamed && !isPage) return undefined;
	const network = networkOf(reply);
	const who = network ?? "something in front of the server";
	const what = isNamed ? "a bot challenge" : `a page of its own (HTTP ${reply.status})`;
	const where =
		network === "Cloudflare"
			? "turn off Bot Fight Mode, and add a WAF rule that skips all checks"
			: "turn its protection against bots off";
	return `${who} answers with ${what} instead of the server, which games and Studio cannot pass: ${where} for this host name.`;
}
