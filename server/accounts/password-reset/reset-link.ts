/** The token is in the fragment, which no server, proxy or referrer ever sees. */
export function resetLink(publicUrl: string, token: string): string {
	return `${publicUrl}/reset#${token}`;
}
