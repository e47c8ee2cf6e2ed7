import type { Mutant } from "./mutant.ts";

const SCREENS = ["plugin/screens.test.ts"];
const WIDGET = ["plugin/widget.test.ts"];

export const pluginLooks: readonly Mutant[] = [
	{
		file: "plugin/src/studio/theme.ts",
		original: "warning: Color3.fromRGB(138, 90, 0)",
		replacement: "warning: Color3.fromRGB(190, 130, 0)",
		tests: SCREENS,
	},
	{
		file: "plugin/src/studio/theme.ts",
		original: "Studio.ThemeChanged.Connect(() => theme(Studio.Theme))",
		replacement: "Studio.ThemeChanged.Connect(() => undefined)",
		tests: SCREENS,
	},
	{
		file: "plugin/src/studio/theme.ts",
		original: "(isDark() ? DARK : LIGHT)[name]",
		replacement: "DARK[name]",
		tests: SCREENS,
	},
	{
		file: "plugin/src/studio/theme.ts",
		original: "return changed === rest ? mix(rest, text(), otherwise) : changed;",
		replacement: "return changed;",
		tests: SCREENS,
	},
	{
		file: "plugin/src/studio/color.ts",
		original: "contrast(shown, ground) < READABLE",
		replacement: "contrast(shown, ground) < 1",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/controls.ts",
		original: "mouse.pressed() ? colors.pressed() : ",
		replacement: "",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/controls.ts",
		original: "inside(true);",
		replacement: "",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/render-layout.ts",
		original: "FlexMode: Enum.UIFlexMode.Fill",
		replacement: "FlexMode: Enum.UIFlexMode.None",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/text/dot-breaks.ts",
		original: "if (fits(word)) return [word];",
		replacement: "return [word];",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/text/dot-breaks.ts",
		original: "lines.map((line) => escapeRich(line))",
		replacement: "lines",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/text/dot-breaks.ts",
		original: "line = part as string;",
		replacement: "line = `${line}${part}`;",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/width.ts",
		original: "widgetWidth(widget.AbsoluteSize.X);",
		replacement: "widgetWidth(DEFAULT_WIDTH);",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/components.ts",
		original: "TextWrapped: true,",
		replacement: "TextWrapped: false,",
		tests: SCREENS,
	},
	{
		file: "plugin/src/ui/screens/layout.ts",
		original: "text.Size = new UDim2(1, -ICON_WIDTH, 0, 0);",
		replacement: "text.Size = new UDim2(1, 0, 0, 0);",
		tests: SCREENS,
	},
	{
		file: "plugin/src/index.server.ts",
		original: "widget.ZIndexBehavior = Enum.ZIndexBehavior.Sibling;",
		replacement: "",
		tests: WIDGET,
	},
	{
		file: "plugin/src/index.server.ts",
		original: "\t\twidget.Enabled = true;",
		replacement: "\t\twidget.Enabled = !widget.Enabled;",
		tests: WIDGET,
	},
];
