/** Marks in the contents what is being read. */
export function followReading(): void {
	const contents = document.querySelector<HTMLElement>("nav.contents");
	if (!contents) return;
	const links = new Map<string, HTMLAnchorElement>();
	for (const link of document.querySelectorAll<HTMLAnchorElement>("nav.contents a"))
		links.set(link.hash.slice(1), link);
	const visible = new Set<Element>();
	let current: HTMLAnchorElement | undefined;

	const mark = (): void => {
		const [top] = [...visible].sort(
			(one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
		);
		const link = links.get(top?.id ?? "");
		if (!link || link === current) return;
		current?.removeAttribute("aria-current");
		link.setAttribute("aria-current", "true");
		showIn(contents, link);
		current = link;
	};
	const observer = new IntersectionObserver(
		(changes) => {
			for (const { target, isIntersecting } of changes) {
				if (isIntersecting) visible.add(target);
				else visible.delete(target);
			}
			mark();
		},
		// Below the bar, and where a link to a section leads.
		{ rootMargin: "-120px 0px -60% 0px" },
	);
	for (const section of document.querySelectorAll("article.operation")) observer.observe(section);
}

/** Scrolls the contents, and never the page. */
function showIn(contents: HTMLElement, link: HTMLElement): void {
	const frame = contents.getBoundingClientRect();
	const shown = link.getBoundingClientRect();
	if (shown.top < frame.top) contents.scrollTop -= frame.top - shown.top;
	else if (shown.bottom > frame.bottom) contents.scrollTop += shown.bottom - frame.bottom;
}
