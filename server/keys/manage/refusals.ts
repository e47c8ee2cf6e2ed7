import { ProblemError } from "../../errors/problem-error.ts";

export function keyNotFound(): ProblemError {
	return new ProblemError(404, "not_found", "Key not found in this workspace. Reload the list.");
}
