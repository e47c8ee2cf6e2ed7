import { WriteFailure } from "./types";
import { writeFailureOf } from "./write-failure";

/**
 * Writes an empty Script that is in no place, and forgets it. Studio asks for its permission to change scripts at the first
 * change that a plugin makes to one; whether this one counts is not documented, so success proves nothing.
 */
export function provoke(): WriteFailure | undefined {
	const [written, thrown] = pcall(() => {
		const probe = new Instance("Script");
		probe.Source = "";
	});
	return written ? undefined : writeFailureOf(thrown);
}
