import type { FieldProblem } from "../api/api-error.ts";
import type { StoredText } from "./text-problem.ts";

const LOAD_TIMEOUT_MS = 2_000;

/** Loaded after the first page, which its tables would slow down. Without it, the server alone decides. */
const loading = import("./text-problem.ts").catch(() => undefined);
const giveUp = () => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LOAD_TIMEOUT_MS));

/** Why the server would refuse a text in the field `path`. */
export async function checkText(path: string, kind: StoredText, text: string): Promise<FieldProblem | undefined> {
	const rule = await Promise.race([loading, giveUp()]);
	const message = rule?.textProblem(kind, text);
	return message === undefined ? undefined : { path, message };
}
