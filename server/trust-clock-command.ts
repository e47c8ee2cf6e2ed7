import { CommandError, runPlainCommand, shownTime } from "./command.ts";
import { inWords } from "./maintenance/clock-text.ts";
import { trustWall } from "./storage/clock.store.ts";
import { TOLERANCE_MS } from "./storage/timekeeper.ts";

const isSure = process.argv.includes("--yes");

/** `npm run trust-clock`: believes this machine's clock, although it is far ahead of the latest time stored. */
await runPlainCommand(async ({ storage }) => {
	const { now, wall: readWall } = storage.timekeeper;
	const wall = readWall();
	if (!isSure && wall - now() > TOLERANCE_MS) {
		throw new CommandError(
			`This machine's clock says ${shownTime(wall)}, ${inWords(wall - now())} ahead of the latest time stored. Believing it cannot be undone, because time never goes back: whatever is due by then ends. If the clock is right, run npm run trust-clock -- --yes.`,
		);
	}
	const lead = wall - (await storage.write(trustWall, { wall }));
	if (lead < -TOLERANCE_MS) {
		return `This machine's clock says ${shownTime(wall)}, ${inWords(-lead)} before the latest time stored. Time never goes back: it goes on from the latest stored, and nothing was changed.`;
	}
	return `It is ${shownTime(wall)} now, by this machine's clock. Servers that are running take this over within seconds.`;
});
