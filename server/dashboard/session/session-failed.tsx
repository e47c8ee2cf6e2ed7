import type { ApiError } from "../api/api-error.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { pollWhileVisible } from "../ui/poll.ts";
import { useSession } from "./session.tsx";

const RETRY_MS = 5_000;

/** In place of a page whose first request failed. Goes on by itself once the server is well again. */
export function SessionFailed(props: { error: ApiError }) {
	const session = useSession();
	pollWhileVisible(RETRY_MS, async () => {
		if (props.error.kind === "server" || props.error.kind === "offline") await session.retry();
	});
	return (
		<main class="narrow">
			<FailureNotice error={props.error} onRetry={() => void session.reload()} />
		</main>
	);
}
