import { asApiError } from "./api-error.ts";

/** Whether the server refuses a request with this code. Any other failure counts as no. */
export async function isRefused(sent: Promise<unknown>, code: string): Promise<boolean> {
	try {
		await sent;
		return false;
	} catch (error) {
		return asApiError(error).code === code;
	}
}
