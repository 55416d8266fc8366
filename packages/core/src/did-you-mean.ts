/** Edit distance with adjacent transpositions (optimal string alignment), at most `limit`; above it returns limit + 1. O(|a|·limit). */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // What two words share at their ends costs nothing and is left out.
  let from = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (from < aEnd && from < bEnd && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  while (aEnd > from && bEnd > from && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd--;
    bEnd--;
  }
  const [n, m] = [aEnd - from, bEnd - from];
  if (n === 0 || m === 0) return Math.max(n, m);
  if (limit === 0) return 1;
  const far = limit + 1;
  let [before, last, row] = rowsOf(m + 1);
  for (let j = 0; j <= m; j++) last[j] = Math.min(j, far);
  let least = 0;
  for (let i = 1; i <= n; i++) {
    // Cells further than `limit` from the diagonal are beyond it; of those only the ones next to a nearer cell are ever read.
    const first = Math.max(1, i - limit);
    const end = Math.min(m, i + limit);
    row[first - 1] = i <= limit && first === 1 ? i : far;
    if (end < m) row[end + 1] = far;
    let rowLeast = row[first - 1]!;
    const x = a.charCodeAt(from + i - 1);
    for (let j = first; j <= end; j++) {
      const y = b.charCodeAt(from + j - 1);
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (x === y ? 0 : 1), far);
      if (i > 1 && j > 1 && x === b.charCodeAt(from + j - 2) && a.charCodeAt(from + i - 2) === y) best = Math.min(best, before[j - 2]! + 1);
      row[j] = best;
      if (best < rowLeast) rowLeast = best;
    }
    // A row is made of the two above it: where both are beyond the limit, so are all below.
    if (rowLeast > limit && least > limit - 1) return far;
    least = rowLeast;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[m]!, far);
}

let kept: readonly [Int32Array, Int32Array, Int32Array] = [new Int32Array(0), new Int32Array(0), new Int32Array(0)];

/** Three rows of that length at least, with anything in them: the same for every pair of words, of which an unknown name has thousands. */
function rowsOf(length: number): readonly [Int32Array, Int32Array, Int32Array] {
  if (kept[0].length < length) kept = [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
  return kept;
}

/**
 * The candidate nearest to a misspelt word (at most a third of its length away, at least 1; ties: the word itself, then the alphabetically
 * first, whatever the order of the candidates), else the only one that begins with it; undefined where there is none.
 */
export function didYouMean(word: string, all: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  /** The largest distance that would still be the best. */
  let limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  const longer: string[] = [];
  const lower = word.toLowerCase();
  for (const candidate of all) {
    if (candidate === word) return word;
    const name = candidate.toLowerCase();
    // `mongo`: the beginning of one of them.
    if (longer.length < 2 && name.startsWith(lower)) longer.push(candidate);
    const distance = editDistance(lower, name, limit);
    if (distance > limit || (distance === limit && best !== undefined && candidate >= best)) continue;
    best = candidate;
    limit = distance;
  }
  if (best !== undefined || word.length < 3) return best;
  return longer.length === 1 ? longer[0] : undefined;
}
