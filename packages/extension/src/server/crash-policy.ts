/** Crashes that are followed by a restart within the window; one more and the server stays down until the user asks. */
const allowed = 4;
const windowMs = 3 * 60 * 1000;

/**
 * Decides after each crash whether the server is started again: a server that dies as soon as it starts must not be started for ever.
 * `times` are the earlier crashes in ms since the epoch, oldest first; the result carries those that still count.
 */
export function afterCrash(times: readonly number[], now: number): { restart: boolean; times: readonly number[] } {
  const recent = [...times.filter((time) => now - time < windowMs), now];
  return { restart: recent.length <= allowed, times: recent };
}
