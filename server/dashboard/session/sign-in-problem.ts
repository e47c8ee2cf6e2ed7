import type { ApiError } from "../api/api-error.ts";
import { failureText } from "../api/failure-text.ts";

/** Why sign-in or sign-up failed, and the field it is about. */
export interface SignInProblem {
	field?: "name" | "email" | "password";
	message: string;
	/** Set if it is about no field. */
	error?: ApiError;
}

export function signInProblem(error: ApiError): SignInProblem {
	if (error.code === "address_unverified" && error.detail !== undefined)
		return { field: "email", message: error.detail };
	if (error.code === "email_taken")
		return { field: "email", message: error.detail ?? "This e-mail address already has an account." };
	for (const field of ["name", "email", "password"] as const) {
		const message = error.about(field);
		if (message !== undefined) return { field, message };
	}
	if (error.status === 401) {
		return { field: "password", message: "Wrong e-mail or password. Check both." };
	}
	return { message: failureText(error).title, error };
}

export function signUpClosedText(error: ApiError): string {
	return error.detail ?? "Sign-up is closed. Ask the person who runs this server.";
}
