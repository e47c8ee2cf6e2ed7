import { createSignal } from "solid-js";

export type Theme = "system" | "light" | "dark";

/** As in `public/theme.js`, which sets it before the first paint. */
const STORAGE_KEY = "auxvyn.theme";

const [theme, setTheme] = createSignal<Theme>(asTheme(document.documentElement.dataset["theme"]));

export { theme };

/** For this browser, in all its pages. */
export function chooseTheme(chosen: Theme): void {
	show(chosen);
	try {
		if (chosen === "system") localStorage.removeItem(STORAGE_KEY);
		else localStorage.setItem(STORAGE_KEY, chosen);
	} catch {
		// Storage is switched off: it lasts as long as this page.
	}
}

addEventListener("storage", ({ key, newValue }) => {
	if (key === STORAGE_KEY) show(asTheme(newValue ?? undefined));
});

function show(chosen: Theme): void {
	setTheme(chosen);
	if (chosen === "system") delete document.documentElement.dataset["theme"];
	else document.documentElement.dataset["theme"] = chosen;
}

function asTheme(value: string | undefined): Theme {
	return value === "light" || value === "dark" ? value : "system";
}
