/** Edit distance with adjacent transpositions (optimal string alignment), at most `limit`; above it returns limit + 1. O(|a|·|b|). */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

/**
 * The candidate nearest to a misspelt word (at most a third of its length away, at least 1; ties: the alphabetically first, whatever the order of the candidates), else the only one that begins
 * with it; undefined where there is none.
 */
export function didYouMean(word: string, all: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  const candidates = [...all];
  let limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  const lower = word.toLowerCase();
  for (const candidate of candidates) {
    const distance = candidate === word ? 0 : editDistance(lower, candidate.toLowerCase(), limit);
    if (distance <= limit && (best === undefined || distance < limit || candidate < best)) {
      best = candidate;
      limit = distance;
    }
  }
  if (best !== undefined || word.length < 3) return best;
  // `mongo`: the beginning of one of them.
  const longer = candidates.filter((c) => c.toLowerCase().startsWith(lower));
  return longer.length === 1 ? longer[0] : undefined;
}
