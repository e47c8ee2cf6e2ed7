/**
 * Ports that neither Studio nor a game's servers send requests to.
 * https://create.roblox.com/docs/cloud-services/http-service#limitations
 */
export function isBlockedPort(port: number): boolean {
	return port === 1194 || (port < 1024 && port !== 80 && port !== 443);
}
