/** The token is in the URL fragment, which is sent to no server or proxy, nor as a referrer. */
export function resetLink(publicUrl: string, token: string): string {
	return `${publicUrl}/reset#${token}`;
}
