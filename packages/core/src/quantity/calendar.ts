/** Lengths of the language's calendar in s: a day of 24 hours, a month of 30 days, a year of 365. */
export const DAY = 86_400;
export const DAYS_A_YEAR = 365;
export const MONTH = 30 * DAY;
export const YEAR = DAYS_A_YEAR * DAY;
