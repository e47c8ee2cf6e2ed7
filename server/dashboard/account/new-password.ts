import { PASSWORD_MIN_CHARACTERS } from "../../../shared/limits.ts";

export const NEW_PASSWORD_HINT = `At least ${PASSWORD_MIN_CHARACTERS} characters.`;

/** Checks a new password before it is sent. */
export function newPasswordProblem(password: string): string | undefined {
	if (password === "") return "Enter a new password.";
	return password.length < PASSWORD_MIN_CHARACTERS ? `Use at least ${PASSWORD_MIN_CHARACTERS} characters.` : undefined;
}
