import { Button } from "../ui/button.tsx";

/**
 * For a link with a code, which may be for someone else's Studio. Does not show the code: if the request comes from
 * elsewhere, it has to come from Studio.
 */
export function ConfirmLink(props: { onConfirm: () => void; onAnotherCode: () => void }) {
	return (
		<>
			<h1>Connect a place from Studio</h1>
			<p class="lead">
				This link contains a connection code. Continue only if you just clicked Connect or Reconnect in Studio.
			</p>
			<section class="card pad">
				<div class="answer">
					<Button onClick={() => props.onAnotherCode()}>Enter a code</Button>
					<Button kind="primary" onClick={() => props.onConfirm()}>
						Continue
					</Button>
				</div>
			</section>
		</>
	);
}
