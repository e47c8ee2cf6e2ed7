/**
 * Asks once for all who want the same thing. By key, one question is under way, and calls that come meanwhile share
 * the next one, which is asked when that one is answered: no answer is older than the call that gets it.
 */
export function createSharing<Answer>() {
	const underWay = new Map<string, Promise<void>>();
	const next = new Map<string, Promise<Answer>>();

	function ask(key: string, question: () => Promise<Answer>): Promise<Answer> {
		const answer = question();
		const settled = (): void => void underWay.delete(key);
		underWay.set(key, answer.then(settled, settled));
		return answer;
	}

	return function share(key: string, question: () => Promise<Answer>): Promise<Answer> {
		const shared = next.get(key);
		if (shared !== undefined) return shared;
		const before = underWay.get(key);
		if (before === undefined) return ask(key, question);
		const answer = before.then(() => {
			next.delete(key);
			return ask(key, question);
		});
		next.set(key, answer);
		return answer;
	};
}
