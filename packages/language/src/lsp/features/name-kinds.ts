import type { Design } from '@sysd/core';
import { sharedBlocks } from '../../parser/placed.ts';
import type { Scope } from '../completion/scope.ts';
import type { DesignState } from '../session/design-state.ts';
import type { PlacedText } from '../text/partition.ts';
import { factsOf } from './blocks/facts.ts';
import type { TokenType } from './token-types.ts';

/** What names mean, as a colour; undefined for a word that is no name. */
export interface NameKinds {
  get(name: string): TokenType | undefined;
}

const NO_NAMES: NameKinds = { get: () => undefined };

/** Names that other files than `uri` give to its design: those of its own are read off its newest text. */
export function nameKinds(state: DesignState | undefined, uri: string): NameKinds {
  if (!state || state.files.size < 2) return NO_NAMES;
  const { design } = state;
  let lets: ReadonlyMap<string, Design['lets'][number]> | undefined;
  const elsewhere = (element: { readonly nameSpan: { readonly block: { readonly uri: string } } } | undefined): boolean =>
    element !== undefined && element.nameSpan.block.uri !== uri;
  const inStore = (path: string): boolean => {
    const dot = path.lastIndexOf('.');
    const store = dot < 0 ? undefined : design.components.get(path.slice(0, dot));
    return store !== undefined && elsewhere(store) && [...store.tables, ...store.queries].some((t) => t.id === path);
  };
  return {
    get(name) {
      if (elsewhere(design.components.get(name))) return 'variable';
      if (elsewhere(design.places.get(name))) return 'enumMember';
      if (elsewhere(design.groups.get(name))) return 'namespace';
      if (elsewhere(design.flows.get(name))) return 'event';
      lets ??= new Map(design.lets.map((l) => [l.id, l]));
      if (elsewhere(lets.get(name))) return 'variable';
      return inStore(name) ? 'struct' : undefined;
    },
  };
}

/** Kinds of element in a scope with their colours: of a name that is declared as several, the last counts. */
const COLOURS: readonly (readonly [keyof Scope, TokenType])[] = [
  ['components', 'variable'],
  ['places', 'enumMember'],
  ['groups', 'namespace'],
  ['lets', 'variable'],
  ['flows', 'event'],
  ['tables', 'struct'],
  ['queries', 'struct'],
];

/** What names mean in a document, kept up to date with what changes in it. */
export interface NameTable extends NameKinds {
  /** Grows when the meaning of a name changes that has been asked for. */
  readonly version: number;
  /** Takes the newest text, and what names of other files mean. */
  update(blocks: readonly PlacedText[], others: NameKinds): void;
}

export function nameTable(): NameTable {
  let blocks: readonly PlacedText[] = [];
  let others: NameKinds = NO_NAMES;
  let version = 0;
  /** For each declared name how many declarations there are of each of `COLOURS`. */
  const declared = new Map<string, number[]>();
  /** Every name that has been asked for, with the answer. */
  const answers = new Map<string, TokenType | undefined>();

  const count = (name: string, colour: number, by: number): void => {
    const counts = declared.get(name) ?? COLOURS.map(() => 0);
    counts[colour]! += by;
    if (counts.every((n) => n === 0)) declared.delete(name);
    else declared.set(name, counts);
  };
  const countAll = (of: readonly PlacedText[], by: number): void => {
    for (const { block } of of) {
      const scope = factsOf(block).declared;
      COLOURS.forEach(([key], colour) => {
        for (const one of scope[key]) {
          count(one.name, colour, by);
          if ('store' in one) count(`${one.store}.${one.name}`, colour, by);
        }
      });
    }
  };
  const meaning = (name: string): TokenType | undefined => {
    const colour = declared.get(name)?.findLastIndex((n) => n > 0);
    return colour === undefined ? others.get(name) : COLOURS[colour]?.[1];
  };

  return {
    get version() {
      return version;
    },
    update(newer, kinds) {
      const { head, tail } = sharedBlocks(blocks, newer);
      countAll(newer.slice(head, newer.length - tail), 1);
      countAll(blocks.slice(head, blocks.length - tail), -1);
      blocks = newer;
      others = kinds;
      let same = true;
      for (const [name, answer] of answers) {
        const now = meaning(name);
        if (now === answer) continue;
        answers.set(name, now);
        same = false;
      }
      if (!same) version++;
    },
    get(name) {
      if (answers.has(name)) return answers.get(name);
      const answer = meaning(name);
      answers.set(name, answer);
      return answer;
    },
  };
}
