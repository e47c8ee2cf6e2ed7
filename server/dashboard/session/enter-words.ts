import type { ApiError } from "../api/api-error.ts";
import { failureWords } from "../api/words.ts";

/** What the account service answers, in words, and the field it is about. */
export interface EnterProblem {
	field?: "name" | "email" | "password";
	message: string;
}

const BY_CODE: Record<string, EnterProblem> = {
	INVALID_EMAIL_OR_PASSWORD: { field: "password", message: "E-mail and password do not belong together." },
	INVALID_EMAIL: { field: "email", message: "Enter an e-mail address." },
	USER_ALREADY_EXISTS: { field: "email", message: "There is an account with this e-mail. Sign in instead." },
	PASSWORD_TOO_SHORT: { field: "password", message: "Use at least 8 characters." },
	PASSWORD_TOO_LONG: { field: "password", message: "Use at most 128 characters." },
};
BY_CODE["USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"] = BY_CODE["USER_ALREADY_EXISTS"]!;

export function enterProblem(error: ApiError): EnterProblem {
	const known = BY_CODE[(error.code ?? "").toUpperCase()];
	if (known) return known;
	for (const field of ["name", "email", "password"] as const) {
		const message = error.about(field);
		if (message !== undefined) return { field, message };
	}
	if (error.kind === "session-over") return BY_CODE["INVALID_EMAIL_OR_PASSWORD"]!;
	const words = failureWords(error);
	return { message: `${words.title}. ${words.detail}` };
}
