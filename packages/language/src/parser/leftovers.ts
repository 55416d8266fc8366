import type { ParsedBlock } from './parse-block.ts';
import type { Piece, PlacedPiece } from './pieces.ts';

/** A block that is no longer in the text, or a piece of one. */
interface Left<T> {
  readonly what: T;
  readonly around: Left<unknown> | undefined;
  /** All of it has been taken over, or a part of it. */
  whole: boolean;
  part: boolean;
}

/** What has left a text: each block and each piece is taken over at most once, by itself or with what it stands in. */
export interface Leftovers {
  block(text: string, read: boolean): ParsedBlock | undefined;
  /** @param depth how many pieces it stands in */
  piece(depth: number, text: string, types: string): Piece | undefined;
}

export const NOTHING_LEFT: Leftovers = { block: () => undefined, piece: () => undefined };

export function leftovers(blocks: readonly ParsedBlock[]): Leftovers {
  const all = blocks.map((block) => left(block, undefined));
  const byBlock = byText(all, (block) => block.text);
  /** Pieces by depth, found when they are first asked for. */
  const lists: Left<Piece>[][] = [];
  const pools: Map<string, Left<Piece>[]>[] = [];

  const poolAt = (depth: number): Map<string, Left<Piece>[]> => {
    lists[0] ??= all.flatMap((around) => partsOf(around, around.what.pieces));
    for (let i = lists.length; i <= depth; i++) lists.push(lists[i - 1]!.flatMap((around) => partsOf(around, around.what.parts)));
    pools[depth] ??= byText(lists[depth]!, (piece) => piece.place.text);
    return pools[depth];
  };

  return {
    block: (text, read) => take(byBlock.get(text), (block) => block.read === read),
    piece: (depth, text, types) => take(poolAt(depth).get(text), (piece) => piece.types === types),
  };
}

function left<T>(what: T, around: Left<unknown> | undefined): Left<T> {
  return { what, around, whole: false, part: false };
}

function partsOf(around: Left<unknown>, parts: readonly PlacedPiece[]): Left<Piece>[] {
  return parts.map(({ piece }) => left(piece, around));
}

function take<T>(same: Left<T>[] | undefined, fits: (what: T) => boolean): T | undefined {
  const at = same?.findIndex((one) => fits(one.what) && isFree(one)) ?? -1;
  if (!same || at < 0) return undefined;
  const [one] = same.splice(at, 1);
  one!.whole = true;
  for (let { around } = one!; around; around = around.around) around.part = true;
  return one!.what;
}

function isFree(one: Left<unknown>): boolean {
  if (one.whole || one.part) return false;
  for (let { around } = one; around; around = around.around) if (around.whole) return false;
  return true;
}

function byText<T>(list: readonly Left<T>[], textOf: (what: T) => string): Map<string, Left<T>[]> {
  const pool = new Map<string, Left<T>[]>();
  for (const one of list) {
    const text = textOf(one.what);
    const same = pool.get(text);
    if (same) same.push(one);
    else pool.set(text, [one]);
  }
  return pool;
}
