/** A published game with many servers: it asks all the time with every key it is told of, and counts what it hears. */
export function startSteadyGame(url: string) {
	const keys = new Set<string>();
	const counts = { accepted: 0, refused: 0 };
	let stopped = false;
	const asking = (async () => {
		while (!stopped) {
			await Promise.all([...keys].map((key) => ask(key)));
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	})();

	async function ask(key: string): Promise<void> {
		const answer = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } });
		await answer.arrayBuffer();
		if (answer.status === 200) counts.accepted += 1;
		else if (keys.has(key)) counts.refused += 1;
	}

	return {
		counts,
		use: (key: string) => void keys.add(key),
		async stop(): Promise<void> {
			stopped = true;
			await asking;
		},
	};
}
