import { source } from "@rbxts/vide";

import { contrast, mix, readableOn } from "./color";

type Color = () => Color3;

export interface ButtonColors {
	rest: Color;
	hover: Color;
	pressed: Color;
	text: Color;
}

/** Studio's current colours, and the plugin's own where Studio has none. Reactive. */
export interface Theme {
	background: Color;
	card: Color;
	line: Color;
	text: Color;
	muted: Color;
	input: Color;
	button: ButtonColors;
	mainButton: ButtonColors;
	scrollBar: Color;
	/** Fills progress bars, and marks what is under way. */
	accent: Color;
	good: Color;
	bad: Color;
	warning: Color;
	/** Stops following Studio. */
	release: () => void;
}

interface OwnColors {
	mainButton: Color3;
	onMainButton: Color3;
	accent: Color3;
	good: Color3;
	bad: Color3;
	warning: Color3;
}

const DARK: OwnColors = {
	mainButton: Color3.fromRGB(232, 174, 58),
	onMainButton: Color3.fromRGB(36, 26, 2),
	accent: Color3.fromRGB(232, 174, 58),
	good: Color3.fromRGB(114, 211, 150),
	bad: Color3.fromRGB(255, 125, 107),
	warning: Color3.fromRGB(247, 181, 72),
};
const LIGHT: OwnColors = {
	mainButton: Color3.fromRGB(224, 165, 38),
	onMainButton: Color3.fromRGB(36, 26, 2),
	accent: Color3.fromRGB(176, 120, 8),
	good: Color3.fromRGB(28, 125, 71),
	bad: Color3.fromRGB(184, 31, 27),
	warning: Color3.fromRGB(138, 90, 0),
};

const WHITE = new Color3(1, 1, 1);
const BLACK = new Color3(0, 0, 0);
/** How far hovered and pressed colours go, of the way to white, black or the text. */
const HOVER = 0.12;
const PRESSED = 0.1;
/** Quieter than the text itself where Studio's SubText is not. */
const QUIET = 0.25;
/** The least contrast of a border with what is around it; Studio's are sometimes of the same colour. */
const LINE_CONTRAST = 1.15;
const LINE = 0.2;

export function createTheme(): Theme {
	const { Studio } = settings();
	const theme = source(Studio.Theme);
	const changes = Studio.ThemeChanged.Connect(() => theme(Studio.Theme));
	const { StudioStyleGuideColor: Guide, StudioStyleGuideModifier: Modifier } = Enum;
	const studio = (color: Enum.StudioStyleGuideColor, modifier: Enum.StudioStyleGuideModifier = Modifier.Default) =>
		theme().GetColor(color, modifier);
	const background = () => studio(Guide.MainBackground);
	const isDark = () => contrast(background(), WHITE) > contrast(background(), BLACK);
	const own = (name: keyof OwnColors) => () => (isDark() ? DARK : LIGHT)[name];
	const text = () => readableOn(studio(Guide.MainText), background());
	const card = () => studio(isDark() ? Guide.CategoryItem : Guide.TableItem);
	// Readable on cards too, which are nearer to it than the background.
	const muted = () => {
		const sub = studio(Guide.SubText);
		return readableOn(sub === studio(Guide.MainText) ? mix(sub, background(), QUIET) : sub, card());
	};
	const mainButton = own("mainButton");
	const button = (modifier: Enum.StudioStyleGuideModifier, otherwise: number) => () => {
		const [rest, changed] = [studio(Guide.Button), studio(Guide.Button, modifier)];
		return changed === rest ? mix(rest, text(), otherwise) : changed;
	};
	return {
		background,
		card,
		line: () => {
			const border = studio(Guide.InputFieldBorder);
			return contrast(border, background()) < LINE_CONTRAST ? mix(background(), text(), LINE) : border;
		},
		text,
		muted,
		input: () => studio(Guide.InputFieldBackground),
		button: {
			rest: () => studio(Guide.Button),
			hover: button(Modifier.Hover, HOVER),
			pressed: button(Modifier.Pressed, PRESSED),
			text: () => studio(Guide.ButtonText),
		},
		mainButton: {
			rest: mainButton,
			hover: () => mix(mainButton(), WHITE, HOVER),
			pressed: () => mix(mainButton(), BLACK, PRESSED),
			text: own("onMainButton"),
		},
		// Studio's own scroll bars are drawn on a ground of their own, and too faint without it.
		scrollBar: () => studio(Guide.DimmedText),
		accent: own("accent"),
		good: own("good"),
		bad: own("bad"),
		warning: own("warning"),
		release: () => changes.Disconnect(),
	};
}
