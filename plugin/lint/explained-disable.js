/** Requires a reason on each comment that disables a rule. */
export const explainedDisable = {
	meta: {
		type: "suggestion",
		schema: [],
		messages: { unexplained: "Explain after -- why the rule is disabled here." },
	},
	create(context) {
		return {
			Program() {
				for (const comment of context.sourceCode.getAllComments()) {
					const text = comment.value.trim();
					if (/^(es|ox)lint-disable/.test(text) && !/\s--\s+\S/.test(text)) {
						context.report({ loc: comment.loc, messageId: "unexplained" });
					}
				}
			},
		};
	},
};
