/**
 * Takes `share` of the turns, evenly spread and without chance: after n turns exactly ⌊n × share + ½⌋ were taken. So a stand-in that
 * answers 1,000 requests makes the calls that the design says, and two runs make the same.
 */
export function createTurns(): (id: string, share: number) => number {
  const owed = new Map<string, number>();
  return (id, share) => {
    const sum = (owed.get(id) ?? 0.5) + share;
    // the tolerance keeps 10 × 0.1 from falling short of 1
    const taken = Math.floor(sum + 1e-9);
    owed.set(id, sum - taken);
    return taken;
  };
}

/** A linear congruential generator (Numerical Recipes, 1664525 and 1013904223), in [0, 1): keys that look random, the same each run. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
