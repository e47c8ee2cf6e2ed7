/** What no server can know, and people are asked. */
export const QUESTIONS: readonly string[] = ["only-server-scripts", "trusted-editors", "no-uncopylocked", "leak-plan"];
