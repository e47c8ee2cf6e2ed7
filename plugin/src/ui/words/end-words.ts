import { EndReason, KeyInPlace } from "../../connect/state";
import { WriteFailure } from "../../place";
import { failureWords, rejectionWords } from "./failure-words";
import { Words } from "./words";

function writeWords(failure: WriteFailure): Words {
	switch (failure.kind) {
		case "scripts-asked":
			return {
				title: "Studio asks for permission",
				text: "Studio has not let Auxvyn change scripts yet, and is asking you now. Allow it, then try again.",
			};
		case "scripts-denied":
			return {
				title: "Studio blocked the change",
				text: "Plugins › Manage Plugins › Auxvyn: allow script injection, then try again.",
			};
		case "draft":
			return {
				title: "The change stayed a draft",
				text: "Drafts mode is on: what Auxvyn writes reaches the place only when you commit it. Turn Drafts off in Experience Settings › Collaboration, then try again.",
			};
		case "too-long":
			return {
				title: "The Script is too long",
				text: "Studio keeps no more than 200,000 characters in a Script. Shorten it, then try again.",
			};
		case "not-kept":
			return {
				title: "The change did not stay",
				text: "Reading the Script back showed something else than was written. Somebody may be editing it: close its tab, then try again.",
			};
		case "no-answer":
			return {
				title: "Studio did not finish the change",
				text: "The script editor gave no answer. Close the Script's tab, save your work, then try again.",
			};
		case "error":
			return { title: "Studio refused the change", text: failure.message };
	}
}

/** Why an attempt ended. */
export function endWords(reason: EndReason, host: string): Words {
	switch (reason.kind) {
		case "backend":
			return failureWords(reason.failure, host);
		case "write":
			return writeWords(reason.failure);
		case "denied":
			return {
				title: "Denied",
				text: "The request was denied in the browser, or whoever approved it may no longer make keys.",
			};
		case "expired":
			return { title: "The time is up", text: "Nobody finished this in time. Try again to get a new code." };
		case "place-changed":
			return {
				title: "The place has changed",
				text: "The Script is not what it was when this began, so nothing was written. Look at it, then try again.",
			};
		case "key-refused":
			return {
				title: "The new key was refused",
				text: `${rejectionWords(reason.code, reason.detail).title}, says ${host}.`,
			};
	}
}

/** Whether the key in the place still works. */
export function keyInPlaceWords(state: KeyInPlace): string {
	switch (state) {
		case "none":
			return "Nothing was written.";
		case "works":
			return "Nothing was written. The key that is in the place goes on working.";
		case "refused":
			return "Nothing was written. The key that is in the place is one that the server refuses.";
		case "untouched":
			return "Nothing was written. The key that is in the place was not touched.";
		case "put-back":
			return "The key from before is in the place again, and the server takes it.";
		case "disturbed":
			return "The Script could not be put back as it was. Undo the last step in Studio, or click Retry for a new key.";
		case "new-refused":
			return "The new key is in the place, but does not work. Click Retry to get another one.";
	}
}
