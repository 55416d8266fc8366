/** What does not come within a thousand million years does not come. */
const FAR = 1e9 * 365;

/**
 * First day from now on which something continuous that only grows reaches `level`; undefined where it never does. By bisection, and between
 * the last two days as a straight line, which is exact for what grows evenly.
 */
export function firstDay(value: (days: number) => number, level: number): number | undefined {
  let low = 0;
  let below = value(low);
  if (below >= level) return 0;
  let high = 1;
  let above = value(high);
  while (!(above >= level)) {
    if (high >= FAR) return undefined;
    [low, below] = [high, above];
    high = Math.min(FAR, high * 2);
    above = value(high);
  }
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    const there = value(middle);
    if (there >= level) [high, above] = [middle, there];
    else [low, below] = [middle, there];
  }
  return Number.isFinite(above) && above > below ? low + ((level - below) / (above - below)) * (high - low) : high;
}
