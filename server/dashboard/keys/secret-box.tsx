import { CopyButton, CopyOutcome, createCopy } from "../ui/copy.tsx";

/** A secret with a Copy button. Copying a selection of all of it by hand counts, too. */
export function SecretBox(props: {
	secret: string;
	/** What the secret is called. Default: "key". */
	what?: string;
	onCopied: () => void;
}) {
	let code: HTMLElement | undefined;
	const copy = createCopy(
		() => code,
		() => props.onCopied(),
	);
	const copiedByHand = () => {
		if (getSelection()?.toString().includes(props.secret)) copy.done();
	};

	return (
		<>
			<div class="secret">
				<code ref={code} onCopy={copiedByHand}>
					{props.secret}
				</code>
				<CopyButton kind="primary" copy={copy} />
			</div>
			<CopyOutcome copy={copy} what={`The ${props.what ?? "key"} is`} />
		</>
	);
}
