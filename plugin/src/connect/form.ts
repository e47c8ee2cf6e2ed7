/** Encodes `application/x-www-form-urlencoded`, in order. Omits undefined fields. */
export function encodeForm(form: Array<[name: string, value: string | undefined]>): string {
	const parts: string[] = [];
	for (const [name, value] of form) {
		if (value !== undefined) parts.push(`${name}=${encodeValue(value)}`);
	}
	return parts.join("&");
}

function encodeValue(value: string): string {
	return value.gsub("[^%w%-%._~]", (character) => string.format("%%%02X", string.byte(character)[0] ?? 0))[0];
}
