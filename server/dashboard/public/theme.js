// Before the first paint, so that a theme chosen by hand does not begin with the other one. See ui/theme.ts.
try {
	const theme = localStorage.getItem("auxvyn.theme");
	if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
	// Storage is switched off: the system's theme it is.
}
