/** What the server cannot check itself. */
export const QUESTIONS: readonly string[] = ["only-server-scripts", "trusted-editors", "no-uncopylocked", "leak-plan"];
