const OWN_NAMES = /(^|\.)localhost$|\.(local|lan|internal)$/;
const OWN_NUMBERS = /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\.[\d.]+$/;
const LOOPBACK = /(^|\.)localhost$|^127\.[\d.]+$|^\[::1\]$/;
const OWN_IPV6 = /^\[(::1?\]|f[cd]|fe[89ab])/;

/**
 * Whether servers of published games, which Roblox runs, can get to a server at this address. Loopback and private
 * addresses (RFC 1918, 3927, 4193, 4291) are out of their reach, and a key travels by https only.
 */
export function reachableByGames(origin: string): boolean {
	const { protocol, hostname } = new URL(origin);
	return protocol === "https:" && ![OWN_NAMES, OWN_NUMBERS, OWN_IPV6].some((pattern) => pattern.test(hostname));
}

/** Whether an address leads to this very computer, wherever it is opened. */
export function thisComputerOnly(url: string): boolean {
	return LOOPBACK.test(new URL(url).hostname);
}
