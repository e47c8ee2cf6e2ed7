const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** The examples of a page, as a reader copies them, by the operation that they are of. */
export function examplesIn(page: string): { operation: string; title: string; code: string }[] {
	const articles = [...page.matchAll(/<article class="operation" id="([^"]+)".*?<\/article>/gs)];
	return articles.flatMap(([article, operation = ""]) =>
		[...article.matchAll(/<figcaption>(.*?)<\/figcaption>.*?<code>(.*?)<\/code>/gs)].map(
			([, title = "", code = ""]) => ({
				operation,
				title,
				code: code.replaceAll(/&\w+;|&#39;/g, (entity) => ENTITIES[entity] ?? entity),
			}),
		),
	);
}
