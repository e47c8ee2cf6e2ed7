/** Simulates a game with many servers: keeps sending requests with all given keys and counts the results. */
export function startGameLoad(url: string) {
	const keys = new Set<string>();
	const counts = { accepted: 0, refused: 0 };
	let stopped = false;
	const running = (async () => {
		while (!stopped) {
			await Promise.all([...keys].map((key) => send(key)));
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	})();

	async function send(key: string): Promise<void> {
		const response = await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } });
		await response.arrayBuffer();
		if (response.status === 200) counts.accepted += 1;
		else if (keys.has(key)) counts.refused += 1;
	}

	return {
		counts,
		use: (key: string) => void keys.add(key),
		async stop(): Promise<void> {
			stopped = true;
			await running;
		},
	};
}
