import { Button } from "../ui/button.tsx";
import { CodeTiles } from "./code-tiles.tsx";

/** For a code that came with a link: the link may be for someone else's Studio. */
export function ConfirmCode(props: { code: string; onConfirm: () => void; onAnotherCode: () => void }) {
	return (
		<>
			<h1>Connect a place from Studio</h1>
			<p class="lead">Does Studio show the same code?</p>
			<CodeTiles code={props.code} />
			<div class="answer">
				<Button onClick={() => props.onAnotherCode()}>Enter another code</Button>
				<Button kind="primary" onClick={() => props.onConfirm()}>
					Continue
				</Button>
			</div>
		</>
	);
}
