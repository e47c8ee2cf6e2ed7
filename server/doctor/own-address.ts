import type { Reply } from "./ask.ts";
import type { Situation } from "./proxy.ts";

/** What a redirect leads to; undefined if the reply is none, or if that is no server. */
export function leadsTo({ status, headers }: Reply, url: URL): URL | undefined {
	const location = headers.get("location");
	if (location === null || status < 300 || status >= 400) return undefined;
	const target = URL.parse(location, url.origin);
	return target !== null && /^https?:$/.test(target.protocol) ? target : undefined;
}

/** That the server takes another address for its own than the one at which it was asked, and what to do. */
export function ownAddress(address: string, { url, isElsewhere }: Pick<Situation, "url" | "isElsewhere">): string {
	// Here the settings were read, so the server was started before they were changed.
	return isElsewhere
		? `The server's own address is ${address}, not ${url.origin}: set PUBLIC_URL to ${url.origin}, and restart it.`
		: `The running server's own address is ${address}, but PUBLIC_URL is ${url.origin} now: restart the server.`;
}
