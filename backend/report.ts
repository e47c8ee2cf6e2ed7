import type { IntrospectionError } from "./introspection-error.ts";

const REPEAT_MS = 60_000;

/** Passes errors on, at most once a minute for each code: while the server is away, every request causes one. */
export function createReport(onError: (error: IntrospectionError) => void): (error: IntrospectionError) => void {
	const reportedAt = new Map<string, number>();
	return (error) => {
		const now = performance.now();
		if (now - (reportedAt.get(error.code) ?? -Infinity) < REPEAT_MS) return;
		reportedAt.set(error.code, now);
		onError(error);
	};
}
