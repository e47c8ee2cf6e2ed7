import { describe, expect, test } from "vitest";

import { useLoops } from "./helper.ts";

const openLoop = useLoops();

describe("the widget", () => {
	test("opens from its toolbar button and by the action that people can give a shortcut", async () => {
		const { studio } = await openLoop({ widgetOpen: false });
		expect((await studio.widget()).open).toBe(false);
		expect(await studio.actions()).toMatchObject([{ id: "AuxvynOpen", text: "Open Auxvyn" }]);
		await studio.trigger("AuxvynOpen");
		expect((await studio.widget()).open).toBe(true);
		await studio.trigger("AuxvynOpen");
		expect((await studio.widget()).open).toBe(true);
		const [button] = await studio.toolbar();
		expect(button).toMatchObject({ text: "Auxvyn", active: true });
		await studio.click("Auxvyn");
		expect((await studio.widget()).open).toBe(false);
	});

	test("draws what is inside something above it", async () => {
		const { studio } = await openLoop();
		expect((await studio.drawn()).root.properties.ZIndexBehavior).toBe("Sibling");
	});

	test("keeps the code on screen while the place is playtested, and goes on by itself", async () => {
		const { studio, userCode, approve, activeKeys } = await openLoop();
		await studio.click("Connect");
		const code = await userCode();
		await studio.play();
		expect((await studio.widget("edit")).boxes.map((box) => box.text)).toContain(code);
		expect((await studio.widget("server")).texts[0]).toBe("Stop the playtest first");
		expect((await studio.widget("client")).boxes).toEqual([]);
		await studio.stop();
		await approve();
		await studio.waitFor("Connected");
		expect(await activeKeys()).toHaveLength(1);
	});

	test("offers address and code as text to select, not to edit", async () => {
		const { studio, userCode } = await openLoop();
		await studio.click("Connect");
		const code = await userCode();
		const { boxes } = await studio.widget();
		expect(boxes.map(({ name, editable }) => [name, editable])).toEqual([
			["UserCode", false],
			["Address", false],
		]);
		expect(boxes[1]?.text).toMatch(new RegExp(`^http.*/pair.*${code}$`));
	});
});
