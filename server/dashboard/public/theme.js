// Runs before the first paint, so that a chosen theme does not flash the system one. See ui/theme.ts.
try {
	const theme = localStorage.getItem("auxvyn.theme");
	if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
	// Storage is disabled: use the system theme.
}
