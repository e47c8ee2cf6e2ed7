import type { Studio } from "./studio.ts";

type Fields = Record<string, unknown>;

/** Parses a command. Throws with the reason if it is invalid. */
function parseCommand(line: string): Fields {
	let parsed: unknown;
	try {
		parsed = JSON.parse(line);
	} catch {
		throw new Error("This line is not JSON");
	}
	if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
		throw new Error('A command is a JSON object such as {"do":"widget"}');
	}
	if (!("do" in parsed)) throw new Error('A command needs "do", such as {"do":"widget"}');
	return parsed;
}

async function screenshot(studio: Studio, fields: Fields): Promise<Fields> {
	if (typeof fields["file"] !== "string" || fields["file"] === "") throw new Error('"screenshot" needs "file"');
	const { file, theme, width, height } = fields as { file: string; theme?: string; width?: number; height?: number };
	await studio.screenshot(file, {
		...(theme !== undefined && { theme: theme === "light" ? "light" : "dark" }),
		...(width !== undefined && { width }),
		...(height !== undefined && { height }),
	});
	return {};
}

/** Runs one command and returns its answer, which always has `ok`. */
export async function answerCommand(studio: Studio, line: string): Promise<Fields> {
	try {
		const fields = parseCommand(line);
		const answer = fields["do"] === "screenshot" ? await screenshot(studio, fields) : await studio.raw(fields);
		return { ok: true, ...answer };
	} catch (error) {
		return { ok: false, error: error instanceof Error ? error.message : String(error) };
	}
}
