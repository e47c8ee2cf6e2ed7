import { readFile } from "node:fs/promises";

export interface TestCount {
	passed: number;
	failed: number;
	skipped: number;
}

interface JsonReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: { status: string; assertionResults: unknown[] }[];
}

/**
 * Counts from the file that vitest's JSON reporter wrote. A test file that could not be loaded counts as one failure,
 * and so does a run that exits with an error without a failed test.
 */
export async function countTests(file: string, exitCode: number): Promise<TestCount> {
	const report = await readReport(file);
	if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
	const unloaded = report.testResults.filter((each) => each.status === "failed" && each.assertionResults.length === 0);
	const failed = report.numFailedTests + unloaded.length;
	return {
		passed: report.numPassedTests,
		failed: failed === 0 && exitCode !== 0 ? 1 : failed,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

async function readReport(file: string): Promise<JsonReport | undefined> {
	try {
		return JSON.parse(await readFile(file, "utf8")) as JsonReport;
	} catch {
		return undefined;
	}
}
