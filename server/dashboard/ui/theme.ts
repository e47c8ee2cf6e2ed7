import { createSignal } from "solid-js";

export type Theme = "system" | "light" | "dark";

/** Also read by `public/theme.js`, which sets the theme before the first paint. */
const STORAGE_KEY = "auxvyn.theme";

const [theme, setTheme] = createSignal<Theme>(asTheme(document.documentElement.dataset["theme"]));

export { theme };

/** Applies to this browser, including other open tabs. */
export function chooseTheme(chosen: Theme): void {
	show(chosen);
	try {
		if (chosen === "system") localStorage.removeItem(STORAGE_KEY);
		else localStorage.setItem(STORAGE_KEY, chosen);
	} catch {
		// Storage is disabled: the choice lasts until reload.
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
