/** A problem as shown to the user: a title, a sentence or two, and the steps that fix it. */
export interface Message {
	title: string;
	text: string;
	steps?: string[];
}
