import { Button } from "../ui/button.tsx";
import { CodeTiles } from "./code-tiles.tsx";

/** For a code that came with a link: whoever sent the link may have meant another Studio. */
export function SameCode(props: { code: string; onSame: () => void; onAnotherCode: () => void }) {
	return (
		<>
			<h1>Connect a place from Studio</h1>
			<p class="lead">Does Studio show the same code?</p>
			<CodeTiles code={props.code} />
			<div class="answer">
				<Button onClick={() => props.onAnotherCode()}>Another code</Button>
				<Button kind="primary" onClick={() => props.onSame()}>
					Continue
				</Button>
			</div>
		</>
	);
}
