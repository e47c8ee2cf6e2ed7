/** What is shown of anything that went wrong: a title, a sentence or two, and the steps that mend it. */
export interface Words {
	title: string;
	text: string;
	steps?: string[];
}
