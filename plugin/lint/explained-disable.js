/** Rules of the house that no plugin has. */
export const auxvyn = {
	rules: {
		"explained-disable": {
			meta: {
				type: "suggestion",
				schema: [],
				messages: { unexplained: "Say after -- why the rule does not hold here." },
			},
			create(context) {
				return {
					Program() {
						for (const comment of context.sourceCode.getAllComments()) {
							const text = comment.value.trim();
							if (/^eslint-disable/.test(text) && !/\s--\s+\S/.test(text)) {
								context.report({ loc: comment.loc, messageId: "unexplained" });
							}
						}
					},
				};
			},
		},
	},
};
