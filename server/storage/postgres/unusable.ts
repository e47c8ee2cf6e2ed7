import { StorageError } from "../../errors/storage-error.ts";

/** Why a database cannot be used, for an operator. `fault` goes on after “Cannot use the database of DATABASE_URL: ”. */
export class UnusableDatabase extends StorageError {
	readonly fault: string;

	constructor(fault: string) {
		super("unusable", `Cannot use the database of DATABASE_URL: ${fault}.`);
		this.fault = fault;
	}
}
