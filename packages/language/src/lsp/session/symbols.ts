import { absolute, type Span } from '@sysd/core';
import type { Declaration } from '../../lower/declarations.ts';
import type { Lowered } from '../../lower/lower.ts';
import type { Unit } from '../../lower/units.ts';
import { lastAt } from '../../parser/placed.ts';

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

/** Occurrences of the files of a design, found by place or by what they name; read off the units when asked for. */
export interface SymbolIndex {
  /** O(log blocks + names of one block). */
  at(uri: string, offset: number): Occurrence | undefined;
  /** O(names of the design). */
  of(symbol: string): readonly Occurrence[];
  in(uri: string): readonly Occurrence[];
  readonly all: readonly Occurrence[];
  /** What the design and the standard library declare, in no order. */
  readonly declarations: Iterable<Declaration>;
}

export function symbolIndex({ declarations, units }: Lowered): SymbolIndex {
  const counts = (declaration: Declaration): boolean => declarations.get(declaration.id) === declaration;
  const referred = (span: Span, target: string): Occurrence | undefined => {
    const declaration = declarations.get(target);
    return declaration && occurrence(declaration, span, false);
  };
  const inUnits = (list: readonly Unit[]): Occurrence[] =>
    list.flatMap((unit) => [
      ...unit.declares.filter(counts).map((d) => occurrence(d, d.nameSpan, true)),
      ...unit.sink.references.flatMap(({ span, target }) => referred(span, target) ?? []),
    ]);
  return {
    declarations: { [Symbol.iterator]: () => declarations.values() },
    get all() {
      const own = [...units.values()].flatMap((file) => inUnits(file.units.flat()));
      const provided = [...declarations.values()].filter((d) => d.file.library);
      return [...own, ...provided.map((d) => occurrence(d, d.nameSpan, true))];
    },
    of(symbol) {
      const declaration = declarations.get(symbol);
      if (!declaration) return [];
      const found = [occurrence(declaration, declaration.nameSpan, true)];
      for (const file of units.values()) {
        for (const unit of file.units.flat()) {
          for (const { span, target } of unit.sink.references) if (target === symbol) found.push(occurrence(declaration, span, false));
        }
      }
      return found;
    },
    in: (uri) => inUnits(units.get(uri)?.units.flat() ?? []).sort((a, b) => a.start - b.start || a.end - b.end),
    at(uri, offset) {
      const file = units.get(uri);
      if (!file) return undefined;
      const index = lastAt(file.blocks, offset);
      // A name may end where the next block begins. Of several that cover the offset (`us` and `us.a`), the shortest.
      let best: Occurrence | undefined;
      for (const one of inUnits([...(file.units[index - 1] ?? []), ...(file.units[index] ?? [])])) {
        const covers = one.start <= offset && offset <= one.end;
        if (covers && (!best || one.end - one.start < best.end - best.start)) best = one;
      }
      return best;
    },
  };
}

function occurrence({ id, kind, file }: Declaration, span: Span, declaration: boolean): Occurrence {
  const library = declaration && file.library;
  return { symbol: id, element: id.replace(/^technology:/, ''), kind, ...absolute(span), declaration, library };
}
