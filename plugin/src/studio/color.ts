/** Contrast of colours, as WCAG 2 defines it. */
const READABLE = 4.5;
const STEPS = 10;

function linear(channel: number): number {
	return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function luminance(color: Color3): number {
	return 0.2126 * linear(color.R) + 0.7152 * linear(color.G) + 0.0722 * linear(color.B);
}

/** From 1 to 21. */
export function contrast(one: Color3, other: Color3): number {
	const [first, second] = [luminance(one), luminance(other)];
	return (math.max(first, second) + 0.05) / (math.min(first, second) + 0.05);
}

/** `part`: how far towards `other`, 0 to 1. */
export function mix(color: Color3, other: Color3, part: number): Color3 {
	return color.Lerp(other, part);
}

/** The colour, moved towards white or black until text in it is readable on that ground. */
export function readableOn(color: Color3, ground: Color3): Color3 {
	const [white, black] = [new Color3(1, 1, 1), new Color3(0, 0, 0)];
	const extreme = contrast(white, ground) > contrast(black, ground) ? white : black;
	let shown = color;
	for (let step = 1; step <= STEPS && contrast(shown, ground) < READABLE; step++) {
		shown = mix(color, extreme, step / STEPS);
	}
	return shown;
}
