/** At most so many open requests to the Auxvyn server about one key. Later callers share the next one. */
const AT_ONCE = 4;

/** The questions about one key. */
interface Lane<Answer> {
	open: number;
	/** Not yet asked. */
	next: Waiting<Answer> | undefined;
}

interface Waiting<Answer> {
	answer: Promise<Answer>;
	ask(): void;
}

/**
 * Lets requests with one key share answers. None gets an answer that was asked for before the request arrived: a key
 * that was revoked by then is refused.
 * @param ask sends a question before it returns
 * @returns asks about `key`, whose digest identifies it
 */
export function shareAnswers<Answer>(ask: (key: string) => Promise<Answer>) {
	const lanes = new Map<string, Lane<Answer>>();

	function open(lane: Lane<Answer>, digest: string, key: string): Promise<Answer> {
		lane.open += 1;
		const close = () => {
			lane.open -= 1;
			const { next } = lane;
			lane.next = undefined;
			if (next !== undefined) next.ask();
			else if (lane.open === 0) lanes.delete(digest);
		};
		const answer = ask(key);
		answer.then(close, close);
		return answer;
	}

	return (digest: string, key: string): Promise<Answer> => {
		let lane = lanes.get(digest);
		if (lane === undefined) lanes.set(digest, (lane = { open: 0, next: undefined }));
		if (lane.open < AT_ONCE) return open(lane, digest, key);
		const here = lane;
		here.next ??= later(() => open(here, digest, key));
		return here.next.answer;
	};
}

function later<Answer>(work: () => Promise<Answer>): Waiting<Answer> {
	let ask = (): void => undefined;
	const answer = new Promise<Answer>((resolve) => {
		ask = () => resolve(work());
	});
	return { answer, ask: () => ask() };
}
