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

	test("keeps code and address on screen while the place is playtested, until they are used, and goes on by itself", async () => {
		const { studio, person, userCode, advance, activeKeys } = await openLoop();
		await studio.click("Connect");
		const code = await userCode();
		const { boxes } = await studio.widget();
		await studio.play();
		for (const copy of ["edit", "server", "client"] as const) {
			const widget = await studio.widget(copy);
			expect(widget.boxes).toEqual(boxes);
			expect(widget.buttons.length > 0).toBe(copy === "edit");
			expect(widget.texts[0]).toBe(copy === "edit" ? "Approve in your browser" : "Stop the playtest first");
		}
		await person.request("POST", `/api/pairings/${code}/approve`, {
			workspaceId: person.workspaceId,
			label: "Production",
		});
		await advance(4);
		for (const copy of ["server", "client"] as const) expect((await studio.widget(copy)).boxes).toEqual([]);
		await studio.stop();
		await studio.waitFor("Connected");
		expect(await activeKeys()).toHaveLength(1);
	});

	test("shows no code in a playtest once it has expired, even if Studio was closed meanwhile", async () => {
		const { studio, userCode, advance } = await openLoop({ facts: "published" });
		await studio.click("Connect");
		await userCode();
		await studio.refuse("settings");
		await studio.unload();
		await studio.allow("settings");
		expect(JSON.stringify(await studio.settings())).toContain("/pair");
		await studio.play();
		expect((await studio.widget("client")).boxes).toHaveLength(2);
		await advance(601);
		expect((await studio.widget("client")).boxes).toEqual([]);
		await studio.stop();
		await studio.reload();
		await studio.click("Connect");
		await userCode();
		await studio.click("Cancel");
		expect(await studio.settings()).toEqual({});
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
