import { StorageError } from "../../../errors/storage-error.ts";
import { writeBackup } from "./write-backup.ts";

/** The process that `runBackup` starts: `node child.ts SOURCE TARGET`. Prints its outcome as JSON. */
const [source = "", target = ""] = process.argv.slice(2);
try {
	console.log(JSON.stringify({ backup: writeBackup(source, target) }));
} catch (error) {
	if (!(error instanceof StorageError)) throw error;
	console.log(JSON.stringify({ refused: error.message }));
}
