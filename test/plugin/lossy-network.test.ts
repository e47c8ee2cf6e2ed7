import { expect, test } from "vitest";

import type { Fault } from "../studio/studio-types.ts";
import { type Loop, useLoops } from "./helper.ts";

const openLoop = useLoops();

/** `npm run cycles` plays a thousand. */
const CYCLES = Number(process.env["AUXVYN_CYCLES"] ?? 6);
const CYCLES_A_PLACE = 6;
const MAX_STEPS = 200;
const SEED = Number(process.env["AUXVYN_SEED"] ?? 1);

const LOSSES: [Fault, Record<string, unknown>][] = [
	["http-lost", { chance: 0.2 }],
	["http-late", { chance: 0.2, seconds: 3 }],
	["http-doubled", { chance: 0.2 }],
];

/** Goes on as a patient person would, until the key with that label is in the place and confirmed. */
async function carryOn(loop: Loop, label: string): Promise<void> {
	const approved = new Set<string>();
	for (let step = 0; step < MAX_STEPS; step++) {
		const widget = await loop.studio.widget();
		const buttons = widget.buttons.map(({ name }) => name);
		if (widget.state === "connected" && widget.texts.includes(label)) return;
		const code = widget.boxes.find((box) => box.name === "UserCode")?.text;
		if (code !== undefined && !approved.has(code)) {
			approved.add(code);
			const body = { workspaceId: loop.person.workspaceId, label, previousKey: "revoke" };
			const approval = () => loop.person.request("POST", `/api/pairings/${code}/approve`, body);
			const { statusCode } = await approval();
			// A key that could not be proven, because an answer got lost, is not revoked.
			if (statusCode !== 200) body.previousKey = "keep";
			if (statusCode !== 200) expect((await approval()).statusCode).toBe(200);
		} else if (widget.state === "failed" || widget.state === "confirm") {
			await loop.studio.click(buttons.includes("Replace") ? "Replace" : "Retry");
		}
		await loop.advance(3);
	}
	throw new Error(`Seed ${SEED}: ${label} did not get through: ${(await loop.studio.widget()).texts.join(" | ")}`);
}

test(
	`${CYCLES} times connected and reconnected through a lossy network, every place has one working key, and there is no other`,
	async () => {
		for (let done = 0; done < CYCLES; done += CYCLES_A_PLACE) {
			const loop = await openLoop({ facts: "published" });
			for (const [index, [fault, how]] of LOSSES.entries()) {
				await loop.studio.refuse(fault, { ...how, seed: SEED + done * LOSSES.length + index });
			}
			for (let cycle = done; cycle < Math.min(done + CYCLES_A_PLACE, CYCLES); cycle++) {
				await loop.studio.click(cycle === done ? "Connect" : "Reconnect");
				await carryOn(loop, `Cycle ${cycle}`);
				const key = await loop.keyInPlace();
				expect((await loop.server.whoami(key)).statusCode, `seed ${SEED}, cycle ${cycle}`).toBe(200);
				await expect.poll(() => loop.activeKeys(), { message: `seed ${SEED}, cycle ${cycle}` }).toHaveLength(1);
			}
		}
	},
	CYCLES * 20_000 + 60_000,
);
