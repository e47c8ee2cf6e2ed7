const LOCAL_NAMES = /(^|\.)localhost$|\.(local|lan|internal)$/;
const PRIVATE_IPV4 = /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\.[\d.]+$/;
const LOOPBACK = /(^|\.)localhost$|^127\.[\d.]+$|^\[::1\]$/;
const PRIVATE_IPV6 = /^\[(::1?\]|f[cd]|fe[89ab])/;

/**
 * Whether game servers, which Roblox runs, can reach a server at this origin. Loopback and private addresses (RFC 1918,
 * 3927, 4193, 4291) are out of reach, and keys are only sent over https.
 */
export function reachableByGames(origin: string): boolean {
	const { protocol, hostname } = new URL(origin);
	return protocol === "https:" && ![LOCAL_NAMES, PRIVATE_IPV4, PRIVATE_IPV6].some((pattern) => pattern.test(hostname));
}

/** Whether a URL only works on the computer that opens it. */
export function isLoopback(url: string): boolean {
	return LOOPBACK.test(new URL(url).hostname);
}
