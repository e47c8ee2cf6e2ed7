import type { Studio } from "./studio.ts";

type Fields = Record<string, unknown>;

/** A command line as data; throws saying what is wrong with it. */
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
	if (!("do" in parsed)) throw new Error('A command says what to do, such as {"do":"widget"}');
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

/** Runs one line of the command and gives its answer, which always holds `ok`. */
export async function answerCommand(studio: Studio, line: string): Promise<Fields> {
	try {
		const fields = parseCommand(line);
		const answer = fields["do"] === "screenshot" ? await screenshot(studio, fields) : await studio.raw(fields);
		return { ok: true, ...answer };
	} catch (error) {
		return { ok: false, error: error instanceof Error ? error.message : String(error) };
	}
}
