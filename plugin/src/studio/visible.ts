/**
 * Tells whether anyone can see the widget, now and whenever that changes. `Enabled` can be false although its frame is
 * visible, so using the widget also counts as seeing it. Returns a function that stops it.
 */
export function watchVisible(widget: DockWidgetPluginGui, tell: (visible: boolean) => void): () => void {
	let visible = widget.Enabled;

	function set(now: boolean) {
		if (now === visible) return;
		visible = now;
		tell(now);
	}

	const enabledChanged = widget.GetPropertyChangedSignal("Enabled").Connect(() => set(widget.Enabled));
	const focused = widget.WindowFocused.Connect(() => set(true));
	tell(visible);
	return () => {
		enabledChanged.Disconnect();
		focused.Disconnect();
	};
}
