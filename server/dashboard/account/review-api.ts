import type { AccountReview } from "../../../shared/wire.ts";
import { OneReviewSchema } from "../../offboarding/review.schema.ts";
import { perform, request } from "../api/client.ts";

export async function fetchReview(): Promise<AccountReview | null> {
	return (await request("GET", "/api/account/review", OneReviewSchema)).review;
}

export function endReview(): Promise<void> {
	return perform("DELETE", "/api/account/review");
}
