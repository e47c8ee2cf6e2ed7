import { source } from "@rbxts/vide";

/** Studio's current colours, and the plugin's own where Studio has none. Reactive. */
export interface Theme {
	background: () => Color3;
	card: () => Color3;
	line: () => Color3;
	text: () => Color3;
	muted: () => Color3;
	input: () => Color3;
	button: () => Color3;
	buttonText: () => Color3;
	accent: () => Color3;
	onAccent: () => Color3;
	good: () => Color3;
	bad: () => Color3;
	warning: () => Color3;
	/** Stops following Studio. */
	release: () => void;
}

interface OwnColors {
	accent: Color3;
	onAccent: Color3;
	good: Color3;
	bad: Color3;
	warning: Color3;
}

const DARK: OwnColors = {
	accent: Color3.fromRGB(232, 174, 58),
	onAccent: Color3.fromRGB(36, 26, 2),
	good: Color3.fromRGB(114, 211, 150),
	bad: Color3.fromRGB(255, 125, 107),
	warning: Color3.fromRGB(247, 181, 72),
};
const LIGHT: OwnColors = {
	accent: Color3.fromRGB(224, 165, 38),
	onAccent: Color3.fromRGB(36, 26, 2),
	good: Color3.fromRGB(28, 125, 71),
	bad: Color3.fromRGB(184, 31, 27),
	warning: Color3.fromRGB(138, 90, 0),
};

function isDark(color: Color3): boolean {
	return 0.299 * color.R + 0.587 * color.G + 0.114 * color.B < 0.5;
}

export function createTheme(): Theme {
	const { Studio } = settings();
	const theme = source(Studio.Theme);
	const changes = Studio.ThemeChanged.Connect(() => theme(Studio.Theme));
	const studio = (color: Enum.StudioStyleGuideColor) => () => theme().GetColor(color);
	const background = studio(Enum.StudioStyleGuideColor.MainBackground);
	const own = (name: keyof OwnColors) => () => (isDark(background()) ? DARK : LIGHT)[name];
	return {
		background,
		card: studio(Enum.StudioStyleGuideColor.CategoryItem),
		line: studio(Enum.StudioStyleGuideColor.InputFieldBorder),
		text: studio(Enum.StudioStyleGuideColor.MainText),
		muted: studio(Enum.StudioStyleGuideColor.SubText),
		input: studio(Enum.StudioStyleGuideColor.InputFieldBackground),
		button: studio(Enum.StudioStyleGuideColor.Button),
		buttonText: studio(Enum.StudioStyleGuideColor.ButtonText),
		accent: own("accent"),
		onAccent: own("onAccent"),
		good: own("good"),
		bad: own("bad"),
		warning: own("warning"),
		release: () => changes.Disconnect(),
	};
}
