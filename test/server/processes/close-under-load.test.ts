import { expect, it } from "vitest";

import { Hammer, type HammeredKey, noTally } from "../../history/hammer.ts";
import { signUpAt } from "../person.ts";
import { settingsFor } from "../process-settings.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

const CONNECTIONS = 24;
const PIPELINED = 8;
const ANSWERS = 2_000;
const TIMEOUT_MS = 60_000;

it.each(["1", "2"])(
	"a server of %s processes that is ended under load gives whole answers until it closes the connections",
	async (workers) => {
		const settings = await settingsFor(await tempDir());
		const server = await startServer({
			...settings,
			RATE_LIMIT_SCALE: "0",
			LOG_LEVEL: "error",
			WEB_CONCURRENCY: workers,
		});
		const rin = await signUpAt(server.url);
		const { secret } = await rin.createKey("Lobby 0");
		const { workspaceId } = rin;
		const key: HammeredKey = { secret, workspaceId, renamed: 0, isEnding: false, isRevoked: false };
		const tally = noTally();
		const hammers = await Promise.all(Array.from({ length: CONNECTIONS }, () => Hammer.open(server.port, tally)));
		let ended: Promise<number | null> | undefined;
		const use = async (hammer: Hammer): Promise<void> => {
			while ((await hammer.ask(key, tally.answered % 2 === 0 ? "whoami" : "forward-auth")) !== undefined)
				if (tally.answered > ANSWERS) ended ??= server.stop();
		};
		await Promise.all(hammers.flatMap((hammer) => Array.from({ length: PIPELINED }, () => use(hammer))));
		expect(await ended).toBe(0);
		expect(hammers.filter(({ isCut }) => isCut)).toEqual([]);
		expect(tally).toMatchObject({ refusedBefore: 0, undecided: 0 });
	},
	TIMEOUT_MS,
);
