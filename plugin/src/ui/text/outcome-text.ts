import { EndReason, KeyInPlace } from "../../connect/state";
import { WriteFailure } from "../../place";
import { failureText, rejectionText } from "./failure-text";
import { Message } from "./message";

/** Why Studio did not make a change. */
export function writeFailureText(failure: WriteFailure): Message {
	switch (failure.kind) {
		case "scripts-prompted":
			return {
				title: "Studio needs your permission",
				text: "Studio is asking whether Auxvyn may change scripts. Allow it, then try again.",
			};
		case "scripts-denied":
			return {
				title: "Studio blocked the change",
				text: "Allow script injection under Plugins › Manage Plugins › Auxvyn, then try again.",
			};
		case "draft":
			return {
				title: "The change was only drafted",
				text: "Drafts mode is on: changes reach the place only when you commit them. Turn Drafts off in Experience Settings › Collaboration, then try again.",
			};
		case "too-long":
			return {
				title: "The Script is too long",
				text: "A Script can hold at most 200,000 characters. Shorten it, then try again.",
			};
		case "not-kept":
			return {
				title: "The change was not kept",
				text: "The Script does not contain what Auxvyn wrote. It may be open in an editor: close its tab, then try again.",
			};
		case "timed-out":
			return {
				title: "Studio did not finish the change",
				text: "The script editor did not respond. Close the Script's tab, save your work, then try again.",
			};
		case "error":
			return { title: "Studio refused the change", text: failure.message };
	}
}

/** Why an attempt failed. */
export function endReasonText(reason: EndReason, host: string): Message {
	switch (reason.kind) {
		case "backend":
			return failureText(reason.failure, host);
		case "write":
			return writeFailureText(reason.failure);
		case "denied":
			return {
				title: "Denied",
				text: "The request was denied in the browser, or the person who approved it can no longer create keys.",
			};
		case "expired":
			return {
				title: "The code has expired",
				text: "The request was not completed in time. Try again to get a new code.",
			};
		case "busy":
			return {
				title: "Studio is busy",
				text: "Studio allows no changes during a playtest or while another change is being recorded. Stop the playtest, then try again.",
			};
		case "place-changed":
			return {
				title: "The place has changed",
				text: "The Script changed in the meantime, so nothing was written. Check it, then try again.",
			};
		case "key-rejected":
			return {
				title: "The new key was refused",
				text: `${host} says: ${rejectionText(reason.code, reason.detail).title}.`,
			};
	}
}

/** Whether the key in the place still works. */
export function keyInPlaceText(state: KeyInPlace): string {
	switch (state) {
		case "none":
			return "Nothing was written.";
		case "works":
			return "Nothing was written. The key in the place still works.";
		case "rejected":
			return "Nothing was written. The server refuses the key in the place.";
		case "untouched":
			return "Nothing was written. The key in the place was not changed.";
		case "restored":
			return "The previous key is back in the place, and the server accepts it.";
		case "restored-in-draft":
			return "The previous key is back in the Script's draft. Commit the draft.";
		case "changed":
			return "The change could not be undone. Undo the last step in Studio, then try again.";
		case "not-restored":
			return "The Script could not be restored. Undo the last step in Studio, or click Retry for a new key.";
		case "new-rejected":
			return "The new key is in the place but does not work. Click Retry to get another one.";
	}
}
