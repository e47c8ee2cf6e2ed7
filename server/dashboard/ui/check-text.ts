import type { FieldProblem } from "../api/api-error.ts";
import type { StoredText } from "./text-problem.ts";

/** Loaded after the first page, which its tables would slow down. Without it, the server alone decides. */
const rule = import("./text-problem.ts").catch(() => undefined);

/** Why the server would refuse a text in the field `path`. */
export async function checkText(path: string, kind: StoredText, text: string): Promise<FieldProblem | undefined> {
	const message = (await rule)?.textProblem(kind, text);
	return message === undefined ? undefined : { path, message };
}
