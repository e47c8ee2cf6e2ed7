import { Namesake, Refusal } from "../../place";
import { Message } from "./message";
import { isLeaked, keyName, reasonText, remedyOf } from "./reason-text";
import { severalFollowUp, severalSteps, severalText } from "./several-text";

const NOTHING_CHANGED = "Nothing was changed";
const RETRY = "Click Retry";
const AGAIN = "Click Connect, and publish the place";

/** `hint`: of the key in the managed Script, which may have the same name. */
function namesakeStep({ path, className }: Namesake, hint: string | undefined): string {
	const but = hint === undefined ? "" : `, not the Script with the ${keyName(hint)}`;
	return `Rename or delete the ${className} ${path}${but}`;
}

function textAndSteps(refusal: Refusal): [text: string, steps: string[]] {
	switch (refusal.kind) {
		case "several": {
			const followUp = severalFollowUp(refusal.claimants);
			const steps = [...severalSteps(refusal.claimants), RETRY];
			return [severalText(refusal.claimants), followUp === undefined ? steps : [...steps, followUp]];
		}
		case "name-taken":
			return [
				`${refusal.path} is a ${refusal.className} that Auxvyn did not create, but Auxvyn needs its name.`,
				[namesakeStep(refusal, refusal.hint), RETRY],
			];
		case "other-address":
			return [
				`The key in ${refusal.path} is for ${refusal.keyAddress.text}, but this plugin is set to ${refusal.pluginAddress.text}.`,
				[
					`To keep using it, open Settings and enter ${refusal.keyAddress.text}`,
					`To switch to ${refusal.pluginAddress.text}, delete ${refusal.path}, click Retry, then Connect`,
				],
			];
		default: {
			const reasons = [refusal, ...(refusal.more ?? [])];
			const needed = reasons.some(isLeaked) ? reasons.filter(isLeaked) : reasons;
			const steps = new Array<string>();
			for (const reason of needed) {
				for (const step of remedyOf(reason)) steps.push(step);
			}
			const isExposed = reasons.some(isLeaked);
			return [reasons.map(reasonText).join(" "), isExposed ? [...steps, RETRY, AGAIN] : [...steps, RETRY]];
		}
	}
}

/** Why the place was not changed, and the steps that fix it. */
export function refusalText(refusal: Refusal): Message {
	const [text, steps] = textAndSteps(refusal);
	const { namesake } = refusal;
	// Before Retry, so that Retry meets nothing else.
	if (namesake !== undefined) {
		const hint = "hint" in refusal ? refusal.hint : undefined;
		steps.insert(steps.indexOf(RETRY), namesakeStep(namesake, hint));
	}
	return { title: NOTHING_CHANGED, text, steps };
}
