import type { ApiError } from "../api/api-error.ts";
import { failureWords } from "../api/words.ts";

/** Why nobody got in, in words, and the field it is about. */
export interface EnterProblem {
	field?: "name" | "email" | "password";
	message: string;
	/** Where it is about no field. */
	error?: ApiError;
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
	return { message: failureWords(error).title, error };
}

export function signUpClosedWords(error: ApiError): string {
	return error.detail ?? "No new accounts are made here. Ask an administrator.";
}
