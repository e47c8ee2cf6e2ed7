/** The dashboard cannot be built or read. The message says what to do, in one line unless it has a bundler's output. */
export class DashboardError extends Error {
	override readonly name = "DashboardError";
}
