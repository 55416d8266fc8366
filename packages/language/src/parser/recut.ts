import type { IToken } from 'chevrotain';
import { joiner, unclosedFinder } from './blocks.ts';
import { type Chunk, chunkEnd, chunkOf } from './chunks.ts';
import { detached } from './detached.ts';
import type { ParsedBlock, PlacedBlock } from './parse-block.ts';
import { lastAt } from './placed.ts';

/** A stretch of a text and what stands in its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A chunk with its text, and its tokens where it has been lexed; they are good for one use. */
interface Cutting {
  readonly chunk: Chunk;
  readonly text: string;
  readonly tokens?: readonly IToken[];
}

/** A block that is new in a text. */
export interface NewBlock {
  readonly cuttings: readonly Cutting[];
}

export interface Recut {
  /** In text order: blocks of the text before, which may stand elsewhere now, and new ones. */
  readonly blocks: (PlacedBlock | NewBlock)[];
  /** Blocks of the text before that are none any more. */
  readonly left: readonly ParsedBlock[];
}

export const isNew = (block: PlacedBlock | NewBlock): block is NewBlock => 'cuttings' in block;

/** Cuts a text that differs from an older one, cut into `blocks`, by a replacement. O(replaced text), and a few operations per block. */
export function recut(blocks: readonly PlacedBlock[], change: Replacement, lex: (text: string) => readonly IToken[]): Recut {
  const region = recutRegion(blocks, change, lex);
  const unclosed = findUnclosed(blocks, region);
  const { joins, pass } = joiner(unclosed);
  const out: (PlacedBlock | NewBlock)[] = [];
  const left: ParsedBlock[] = [];
  let open: Cutting[] = [];

  const add = (cutting: Cutting): void => {
    open.push(cutting);
    if (joins(cutting.chunk)) return;
    out.push({ cuttings: open });
    open = [];
  };
  const addOld = (placed: PlacedBlock): void => {
    if (placed.block.plain && open.length === 0) {
      pass();
      out.push(placed);
      return;
    }
    const { chunks } = placed.block;
    if (open.length === 0 && chunks.length === 1) {
      if (!joins(chunks[0]!)) {
        out.push(placed);
        return;
      }
      open.push({ chunk: chunks[0]!, text: placed.block.text });
      left.push(placed.block);
      return;
    }
    addMany(placed);
  };
  /** A block of several chunks, or one that is joined to what stands above it. */
  const addMany = (placed: PlacedBlock): void => {
    const fresh = open.length === 0;
    const before = out.length;
    for (const cutting of cuttingsOf(placed.block)) add(cutting);
    if (fresh && open.length === 0 && out.length === before + 1) out[before] = placed;
    else left.push(placed.block);
  };

  for (let i = 0; i < region.from; i++) addOld(blocks[i]!);
  for (let i = region.from; i < region.to; i++) left.push(blocks[i]!.block);
  for (const cutting of region.cuttings) add(cutting);
  for (let i = region.to; i < blocks.length; i++) addOld(blocks[i]!);
  if (open.length > 0) out.push(lastBlock(open, left, blocks));
  return { blocks: out, left };
}

/** What is open at the end of the file may be as it was. */
function lastBlock(open: readonly Cutting[], left: ParsedBlock[], blocks: readonly PlacedBlock[]): PlacedBlock | NewBlock {
  const last = blocks.at(-1);
  const isLast = last && left.at(-1) === last.block && last.block.chunks.length === open.length;
  if (!isLast || !last.block.chunks.every((chunk, i) => chunk === open[i]!.chunk)) return { cuttings: open };
  left.pop();
  return last;
}

export function cuttingsOf({ text, chunks }: ParsedBlock): Cutting[] {
  if (chunks.length === 1) return [{ chunk: chunks[0]!, text }];
  let at = 0;
  return chunks.map((chunk) => {
    const from = at;
    at += chunk.length;
    return { chunk, text: text.slice(from, at) };
  });
}

function findUnclosed(blocks: readonly PlacedBlock[], region: Region): number {
  const finder = unclosedFinder();
  const addOld = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const { block } = blocks[i]!;
      if (block.plain) finder.pass();
      else for (const chunk of block.chunks) finder.add(chunk);
    }
  };
  addOld(0, region.from);
  for (const { chunk } of region.cuttings) finder.add(chunk);
  addOld(region.to, blocks.length);
  return finder.result();
}

/** What stands in place of the blocks `from` to `to`. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly cuttings: readonly Cutting[];
}

/**
 * Whether a chunk begins at a line depends on nothing before the chunk above it: so cutting begins with the block above the replacement, and
 * ends where a chunk behind the replacement begins with a block.
 */
function recutRegion(blocks: readonly PlacedBlock[], change: Replacement, lex: (text: string) => readonly IToken[]): Region {
  const from = Math.max(0, lastAt(blocks, change.start) - 1);
  const origin = blocks[from]?.offset ?? 0;
  const shift = change.text.length - (change.end - change.start);
  const known = new Map<string, Chunk>();
  /** Blocks whose text is in the window. */
  let taken = from;
  const take = (to: number): string => {
    let text = '';
    for (; taken < Math.min(to, blocks.length); taken++) {
      const { block } = blocks[taken]!;
      for (const cutting of cuttingsOf(block)) known.set(cutting.text, cutting.chunk);
      text += block.text;
    }
    return text;
  };
  const around = take(lastAt(blocks, change.end) + 2);
  let window = around.slice(0, change.start - origin) + change.text + around.slice(change.end - origin);
  const edited = change.start - origin + change.text.length;

  const cuttings: Cutting[] = [];
  let to = from;
  for (let at = 0; at < window.length; ) {
    if (at >= edited) {
      const before = at + origin - shift;
      while (to < blocks.length && blocks[to]!.offset < before) to++;
      if (blocks[to]?.offset === before) return { from, to, cuttings };
    }
    const end = chunkEnd(window, at);
    if (end === window.length && taken < blocks.length) {
      window += take(taken + Math.max(2, taken - from));
      continue;
    }
    const text = blocks.length === 0 ? window.slice(at, end) : detached(window.slice(at, end));
    const chunk = known.size === 0 ? undefined : known.get(text);
    if (chunk) cuttings.push({ chunk, text });
    else {
      const tokens = lex(text);
      cuttings.push({ chunk: chunkOf(text.length, tokens), text, tokens });
    }
    at = end;
  }
  return { from, to: blocks.length, cuttings };
}
