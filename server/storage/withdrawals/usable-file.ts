import { StorageError } from "../../errors/storage-error.ts";
import { readWithdrawalsFile, type WithdrawalsFile } from "./withdrawals-file.ts";

/** As many numbers of damaged lines are shown. */
const MAX_LINES_SHOWN = 5;

interface HowToRead {
	accounts: ReadonlySet<string>;
	/** On the command line. */
	isNamed: boolean;
	/** Added to. */
	warnings: string[];
}

/** Undefined if it says nothing: that is no sign that nothing was withdrawn. */
export function readUsable(path: string, { accounts, isNamed, warnings }: HowToRead): WithdrawalsFile | undefined {
	const file = tryToRead(path);
	const why = fault(file, accounts);
	if (why !== undefined && isNamed) {
		throw new StorageError("unusable", `Cannot use ${path} as a file of withdrawals: ${why}. Nothing was changed.`);
	}
	if (typeof file !== "object" || why !== undefined) {
		if (file !== undefined) warnings.push(`${path} was left out as a file of withdrawals: ${why}.`);
		return undefined;
	}
	if (file.damaged.length > 0) warnings.push(`${path} has damaged lines, which were left out: ${shown(file.damaged)}.`);
	return file;
}

function fault(file: WithdrawalsFile | string | undefined, accounts: ReadonlySet<string>): string | undefined {
	if (file === undefined) return "there is no such file";
	if (typeof file === "string") return `it cannot be read (${file})`;
	if (file.completeUntil === 0) return "it has no line of one";
	const named = [...file.accounts, ...file.withdrawals.flatMap(({ what, id }) => (what === "account" ? [id] : []))];
	const isForeign = file.accounts.size > 0 && accounts.size > 0 && !named.some((id) => accounts.has(id));
	return isForeign ? "it is of another installation" : undefined;
}

/** Why it cannot be read, as a code; undefined if there is no such file. */
function tryToRead(path: string): WithdrawalsFile | string | undefined {
	try {
		return readWithdrawalsFile(path);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
	}
}

function shown(lines: readonly number[]): string {
	const rest = lines.length - MAX_LINES_SHOWN;
	return `${lines.slice(0, MAX_LINES_SHOWN).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
