export interface Credentials {
	id: string;
	secret: string;
}

/**
 * HTTP Basic can be read in two ways. OAuth clients form-encode both parts (RFC 6749 §2.3.1); `curl -u` and many others
 * send them as they are (RFC 7617), and a `+` or `%` in them means itself.
 */
export interface BasicCredentials {
	raw: Credentials;
	decoded: Credentials;
}

export function isBasic(authorization: string | undefined): boolean {
	return authorization !== undefined && /^basic( |$)/i.test(authorization);
}

/** Undefined if there are none, or if they are malformed. */
export function basicCredentials(authorization: string | undefined): BasicCredentials | undefined {
	const encoded = /^basic +([a-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
	if (encoded === undefined) return undefined;
	const text = Buffer.from(encoded, "base64").toString();
	const colon = text.indexOf(":");
	if (colon === -1) return undefined;
	const raw = { id: text.slice(0, colon), secret: text.slice(colon + 1) };
	return { raw, decoded: { id: formDecode(raw.id), secret: formDecode(raw.secret) } };
}

function formDecode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll("+", " "));
	} catch {
		return text;
	}
}
