import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import { createSignal, onCleanup, Show } from "solid-js";

import { Button, type ButtonProps } from "./button.tsx";
import { copyText } from "./copy-text.ts";

const CONFIRMATION_MS = 4_000;

/** Copies an element's text for a `CopyButton`, next to which a `CopyOutcome` belongs. */
export function createCopy(element: () => HTMLElement | undefined, onCopied?: () => void) {
	const [outcome, setOutcome] = createSignal<"copied" | "by-hand">();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const reset = () => {
		clearTimeout(timer);
		setOutcome(undefined);
	};
	onCleanup(() => clearTimeout(timer));

	/** Also for a selection copied by hand. */
	const done = () => {
		clearTimeout(timer);
		setOutcome("copied");
		timer = setTimeout(reset, CONFIRMATION_MS);
		onCopied?.();
	};
	const copy = async () => {
		const shown = element();
		if (!shown) return;
		if (await copyText(shown)) done();
		else setOutcome("by-hand");
	};
	return { outcome, copy, done, reset };
}

type CopyState = ReturnType<typeof createCopy>;

/** `name`: what a screen reader calls it, where there are several. */
export function CopyButton(props: Pick<ButtonProps, "kind" | "small"> & { copy: CopyState; name?: string }) {
	const isCopied = () => props.copy.outcome() === "copied";
	return (
		<Button
			kind={props.kind}
			small={props.small}
			icon={isCopied() ? <Check /> : <Copy />}
			aria-label={isCopied() ? undefined : props.name}
			onClick={() => void props.copy.copy()}
		>
			{isCopied() ? "Copied" : "Copy"}
		</Button>
	);
}

/** Says that it was copied, or how to do it by hand. `what`: "The key is". */
export function CopyOutcome(props: { copy: CopyState; what: string }) {
	return (
		<>
			<p class="sr-only" role="status">
				{props.copy.outcome() === "copied" ? "Copied to the clipboard." : ""}
			</p>
			<Show when={props.copy.outcome() === "by-hand"}>
				<p class="field-note wrong" role="alert">
					This browser does not allow copying here. {props.what} selected: press Ctrl+C, or ⌘C on a Mac.
				</p>
			</Show>
		</>
	);
}
