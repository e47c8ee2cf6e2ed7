import type { ApiError } from "../api/api-error.ts";
import { failureWords } from "../api/words.ts";

/** Why nobody got in, in words, and the field it is about. */
export interface EnterProblem {
	field?: "name" | "email" | "password";
	message: string;
}

export function enterProblem(error: ApiError): EnterProblem {
	if (error.code === "email_taken") return { field: "email", message: error.detail ?? "This e-mail has an account." };
	for (const field of ["name", "email", "password"] as const) {
		const message = error.about(field);
		if (message !== undefined) return { field, message };
	}
	if (error.status === 401) {
		return { field: "password", message: "E-mail and password do not belong together. Check both." };
	}
	const words = failureWords(error);
	return { message: `${words.title}. ${words.detail}` };
}

export function signUpClosedWords(error: ApiError): string {
	return error.detail ?? "No new accounts are made here. Ask an administrator.";
}
