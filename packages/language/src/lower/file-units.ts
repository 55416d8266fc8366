import type { Item } from '../generated/ast.ts';
import type { PlacedBlock } from '../parse.ts';
import { sharedBlocks } from '../parser/placed.ts';
import type { SourceFile } from '../project/source-file.ts';
import type { FileRef } from './context.ts';
import { type Unit, unitsOf } from './units.ts';

/** The units of one version of a file, block by block. */
export interface FileUnits {
  readonly ref: FileRef;
  readonly blocks: readonly PlacedBlock[];
  /** Units of each block, in text order. */
  readonly units: readonly (readonly Unit[])[];
}

/** What an edit did to the units of a file. */
export interface FileChange {
  readonly now: FileUnits;
  /** Units of the blocks that are no longer there, and of those that came for them; some are in both. */
  readonly before: readonly Unit[];
  readonly after: readonly Unit[];
  /** The units of the file right above and below these. */
  readonly above?: Unit;
  readonly below?: Unit;
}

/** The units of a file, taking over those of all blocks that it shares with the version before at its beginning and its end. O(blocks). */
export function refresh(
  file: SourceFile,
  ref: FileRef,
  before: FileUnits | undefined,
  known: (node: Item) => Unit | undefined,
): FileChange {
  const { blocks } = file.parsed;
  if (before && blocks === before.blocks) return { now: before, before: [], after: [] };
  const older = before?.blocks ?? [];
  const olderUnits = before?.units ?? [];
  const { head, tail } = sharedBlocks(older, blocks);
  const above = olderUnits.slice(0, head);
  const middle = blocks.slice(head, blocks.length - tail).map(({ block }) => unitsOf(block.items, ref, known));
  const below = olderUnits.slice(older.length - tail);
  const [last, first] = [above.findLast((list) => list.length > 0)?.at(-1), below.find((list) => list.length > 0)?.[0]];
  return {
    now: { ref, blocks, units: above.concat(middle, below) },
    before: olderUnits.slice(head, older.length - tail).flat(),
    after: middle.flat(),
    ...(last ? { above: last } : {}),
    ...(first ? { below: first } : {}),
  };
}
