/* Runs in the page of a drawing, which has one <main> per widget. */

/** Draws the scroll bars of what is too long for its frame (E/ScrollingFrame). */
function drawScrollBars() {
	for (const frame of document.querySelectorAll("[data-bar]")) {
		const canvas = frame.firstElementChild;
		const [shown, all] = [frame.clientHeight, canvas.scrollHeight];
		if (all <= shown + 0.5 || shown === 0) continue;
		const bar = document.createElement("div");
		const width = Number(frame.dataset.bar);
		bar.style.cssText = `position:absolute;top:0;right:0;width:${width}px;height:${(shown * shown) / all}px;border-radius:${width / 2}px;background:${frame.dataset.barColor}`;
		frame.append(bar);
	}
}

const edges = ({ left, top, right, bottom }) => ({ left, top, right, bottom });

/** Where the characters of an element are, or null. */
function inkOf(element) {
	const text = element.querySelector(":scope > [data-text]");
	if (!text) return null;
	const range = document.createRange();
	range.selectNodeContents(text);
	return edges(range.getBoundingClientRect());
}

/** All instances of a widget, parents before their children; `parent` is an index in that list. */
function measureWidget(main) {
	const elements = [...main.querySelectorAll("[data-name]")];
	const index = new Map(elements.map((element, at) => [element, at]));
	return elements.map((element) => ({
		name: element.dataset.name,
		class: element.dataset.class,
		text: element.querySelector(":scope > [data-text]")?.textContent ?? "",
		box: edges(element.getBoundingClientRect()),
		ink: inkOf(element),
		lineHeight: parseFloat(getComputedStyle(element).lineHeight) || 0,
		parent: index.get(element.parentElement.closest("[data-name]")) ?? -1,
	}));
}

/** Per widget: its own box, and its instances. */
function measure() {
	return [...document.querySelectorAll("main")].map((main) => ({
		box: edges(main.getBoundingClientRect()),
		nodes: measureWidget(main),
	}));
}
