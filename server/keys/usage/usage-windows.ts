/** Shown for each key in a list: the last day by hour, and the last hour. */
export const HOURS_SHOWN = 24;
export const MINUTES_SHOWN = 60;
