import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import { createSignal, onCleanup, Show } from "solid-js";

import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy-text.ts";

const CONFIRMATION_MS = 4000;

/** A secret with a Copy button. Copying a selection of all of it by hand counts, too. */
export function SecretBox(props: {
	secret: string;
	/** What the secret is called. Default: "key". */
	what?: string;
	onCopied: () => void;
}) {
	const [outcome, setOutcome] = createSignal<"copied" | "by-hand">();
	let code: HTMLElement | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	onCleanup(() => clearTimeout(timer));

	const done = () => {
		clearTimeout(timer);
		setOutcome("copied");
		timer = setTimeout(() => setOutcome(undefined), CONFIRMATION_MS);
		props.onCopied();
	};
	const copy = async () => {
		if (!code) return;
		if (await copyText(code)) done();
		else setOutcome("by-hand");
	};
	const copiedByHand = () => {
		if (getSelection()?.toString().includes(props.secret)) done();
	};

	return (
		<>
			<div class="secret">
				<code ref={code} onCopy={copiedByHand}>
					{props.secret}
				</code>
				<Button kind="primary" icon={outcome() === "copied" ? <Check /> : <Copy />} onClick={() => void copy()}>
					{outcome() === "copied" ? "Copied" : "Copy"}
				</Button>
			</div>
			<p class="sr-only" role="status">
				{outcome() === "copied" ? "Copied to the clipboard." : ""}
			</p>
			<Show when={outcome() === "by-hand"}>
				<p class="field-note wrong" role="alert">
					This browser does not allow copying here. The {props.what ?? "key"} is selected: press Ctrl+C, or ⌘C on a Mac.
				</p>
			</Show>
		</>
	);
}
