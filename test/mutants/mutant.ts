/** A small fault that tests must notice. */
export interface Mutant {
	/** The file to change. */
	file: string;
	/** A piece of it that occurs exactly once. */
	original: string;
	replacement: string;
	/** Test files or folders, below test/, at least one of which must fail. */
	tests: string[];
	/** Why no test can notice it. */
	equivalent?: string;
}

/** Applies the fault. @throws Error if `original` does not occur exactly once */
export function mutate(source: string, { file, original, replacement }: Mutant): string {
	const [before, after, ...more] = source.split(original);
	if (before === undefined || after === undefined || more.length > 0) {
		throw new Error(`${file} does not contain this exactly once: ${original}`);
	}
	return before + replacement + after;
}
