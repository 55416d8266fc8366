/** A place in a text where a name stands, with what it names. */
export interface Occurrence {
  /** Identity of what is named: equal exactly for occurrences of the same thing. */
  readonly symbol: string;
  /** What kind of thing: `component`, `technology`, `table`… */
  readonly kind: string;
  /** Id of the element in the design, for hover. */
  readonly element: string;
  /** Canonical URI and absolute offsets of the name itself (the last segment of a path). */
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly declaration: boolean;
  /** From the standard library: it cannot be renamed. */
  readonly library: boolean;
}

/** Occurrences of the files of a design, found by place or by what they name. */
export interface SymbolIndex {
  at(uri: string, offset: number): Occurrence | undefined;
  of(symbol: string): readonly Occurrence[];
  in(uri: string): readonly Occurrence[];
  readonly all: readonly Occurrence[];
}

export function symbolIndex(all: readonly Occurrence[]): SymbolIndex {
  const bySymbol = new Map<string, Occurrence[]>();
  const byFile = new Map<string, Occurrence[]>();
  for (const one of all) {
    const same = bySymbol.get(one.symbol);
    if (same) same.push(one);
    else bySymbol.set(one.symbol, [one]);
    const inFile = byFile.get(one.uri);
    if (inFile) inFile.push(one);
    else byFile.set(one.uri, [one]);
  }
  for (const list of byFile.values()) list.sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    all,
    of: (symbol) => bySymbol.get(symbol) ?? [],
    in: (uri) => byFile.get(uri) ?? [],
    at(uri, offset) {
      // Of several that cover the offset (`us` and `us.a`), the shortest.
      let best: Occurrence | undefined;
      for (const one of byFile.get(uri) ?? []) {
        if (one.start > offset) break;
        if (one.end >= offset && (!best || one.end - one.start < best.end - best.start)) best = one;
      }
      return best;
    },
  };
}
