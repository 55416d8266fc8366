import type { Position, Range } from 'vscode-languageserver';
import { lastAt, sharedBlocks } from '../../parser/placed.ts';
import { blockTokens } from '../text/block-tokens.ts';
import { type PlacedText, positionsIn, type TextBlock } from '../text/partition.ts';
import { type NameKinds, nameTable } from './name-kinds.ts';
import { type Colour, colourOf } from './token-colour.ts';
import { TOKEN_MODIFIERS, TOKEN_TYPES, type TokenModifier } from './token-types.ts';

/** Semantic tokens of a block in LSP's encoding, with what they depend on besides its text. */
interface BlockColours {
  /** Five numbers for each token; the line of the first one counts from the first line of the block. */
  readonly data: readonly number[];
  readonly size: number;
  /** Lines of the first token and the last one, counted likewise. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Names whose meaning was looked up, each followed by the answer. */
  readonly names: readonly (string | undefined)[];
}

/** Semantic tokens of a text: those of its blocks, and how many lines the first token of each is below the last one before it. */
export interface TextColours {
  readonly parts: readonly BlockColours[];
  /** 0 for a block without tokens. */
  readonly gaps: readonly number[];
}

/** Semantic tokens of one document as it changes. Colours of names depend on what is declared elsewhere. */
export interface Colouring {
  /** Of the newest text. `others` says what the names of other files mean. */
  colours(blocks: readonly PlacedText[], others: NameKinds): TextColours;
  /** The numbers of those in a range. */
  within(blocks: readonly PlacedText[], others: NameKinds, range: Range): number[];
}

export function colouring(): Colouring {
  const names = nameTable();
  /** What is known of each block, and the version of the names at which it was last found right. */
  const known = new WeakMap<TextBlock, { readonly colours: BlockColours; version: number }>();
  let last: (TextColours & { readonly blocks: readonly PlacedText[]; readonly version: number }) | undefined;

  const ofBlock = ({ block }: PlacedText): BlockColours => {
    const before = known.get(block);
    if (before && (before.version === names.version || holds(before.colours, names))) {
      before.version = names.version;
      return before.colours;
    }
    const colours = colourBlock(block, names);
    known.set(block, { colours, version: names.version });
    return colours;
  };

  return {
    colours(blocks, others) {
      names.update(blocks, others);
      const { version } = names;
      const before = last?.version === version ? last : undefined;
      const { head, tail } = before ? sharedBlocks(before.blocks, blocks) : { head: 0, tail: 0 };
      const fresh: BlockColours[] = [];
      const freshGaps: number[] = [];
      let line = before ? lastLineOf(blocks, before.parts, head) : 0;
      let i = head;
      const add = (placed: PlacedText, part: BlockColours): void => {
        fresh.push(part);
        freshGaps.push(part.size === 0 ? 0 : placed.line + part.firstLine - line);
        if (part.size > 0) line = placed.line + part.lastLine;
      };
      for (; i < blocks.length - tail; i++) add(blocks[i]!, ofBlock(blocks[i]!));
      let rest = i;
      if (before) {
        // Below the first block with tokens, what has not changed is as far from its neighbours as before.
        const shift = before.blocks.length - blocks.length;
        for (let more = true; more && i < blocks.length; i++) {
          const part = before.parts[i + shift]!;
          add(blocks[i]!, part);
          more = part.size === 0;
        }
        rest = i + shift;
      }
      // Copied in one go: most of it is as it was.
      const parts = (before?.parts.slice(0, head) ?? []).concat(fresh, before?.parts.slice(rest) ?? []);
      const gaps = (before?.gaps.slice(0, head) ?? []).concat(freshGaps, before?.gaps.slice(rest) ?? []);
      last = { blocks, parts, gaps, version };
      return { parts, gaps };
    },
    within(blocks, others, range) {
      names.update(blocks, others);
      const some = blocks.slice(lastAt(blocks, range.start.line, 'line'), lastAt(blocks, range.end.line, 'line') + 1);
      const data: number[] = [];
      let line = 0;
      for (const placed of some) {
        const part = ofBlock(placed);
        if (part.size === 0) continue;
        data.push(placed.line + part.firstLine - line);
        for (let k = 1; k < part.size; k++) data.push(part.data[k]!);
        line = placed.line + part.lastLine;
      }
      return cutTo(data, range);
    },
  };
}

function holds({ names }: BlockColours, kinds: NameKinds): boolean {
  for (let i = 0; i < names.length; i += 2) if (kinds.get(names[i]!) !== names[i + 1]) return false;
  return true;
}

/** Line of the last token of the first `count` blocks. */
function lastLineOf(blocks: readonly PlacedText[], parts: readonly BlockColours[], count: number): number {
  let i = count - 1;
  while (i >= 0 && parts[i]!.size === 0) i--;
  return i < 0 ? 0 : blocks[i]!.line + parts[i]!.lastLine;
}

/** The numbers of some of the parts. */
export function encoded({ parts, gaps }: TextColours, from = 0, to = parts.length): number[] {
  const all: number[] = [];
  for (let i = from; i < to; i++) {
    const { data, size } = parts[i]!;
    if (size === 0) continue;
    all.push(gaps[i]!);
    for (let k = 1; k < data.length; k++) all.push(data[k]!);
  }
  return all;
}

/** Of these tokens those that touch the text of a range. */
function cutTo(data: readonly number[], { start: from, end: to }: Range): number[] {
  const kept: number[] = [];
  let line = 0;
  let character = 0;
  let above: Position = { line: 0, character: 0 };
  for (let i = 0; i < data.length; i += 5) {
    const length = data[i + 2]!;
    character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
    line += data[i]!;
    if (line < from.line || (line === from.line && character + length <= from.character)) continue;
    if (line > to.line || (line === to.line && character >= to.character)) break;
    kept.push(line - above.line, line === above.line ? character - above.character : character, length, data[i + 3]!, data[i + 4]!);
    above = { line, character };
  }
  return kept;
}

function colourBlock(block: TextBlock, kinds: NameKinds): BlockColours {
  const { tokens, comments } = blockTokens(block);
  const position = positionsIn(block.text);
  const asked = new Map<string, string | undefined>();
  const get: NameKinds['get'] = (name) => {
    const kind = kinds.get(name);
    asked.set(name, kind);
    return kind;
  };
  const data: number[] = [];
  let above: Position = { line: 0, character: 0 };
  const add = (start: number, length: number, [type, ...modifiers]: Colour): void => {
    const at = position(start);
    const character = at.line === above.line ? at.character - above.character : at.character;
    data.push(at.line - above.line, character, length, TOKEN_TYPES.indexOf(type), bits(modifiers));
    above = at;
  };
  let next = 0;
  const addComments = (before: number): void => {
    for (let comment = comments[next]; comment && comment.startOffset < before; comment = comments[++next]) {
      add(comment.startOffset, comment.image.length, comment.image.startsWith('///') ? DOCUMENTATION : COMMENT);
    }
  };
  tokens.forEach((token, i) => {
    const colour = token.image.trim() === '' ? undefined : colourOf(tokens, i, { get });
    if (!colour) return;
    addComments(token.startOffset);
    add(token.startOffset, token.image.length, colour);
  });
  addComments(Number.POSITIVE_INFINITY);
  if (data.length === 0) return NO_COLOURS;
  return { data, size: data.length, firstLine: data[0]!, lastLine: above.line, names: asked.size === 0 ? NO_NAMES : [...asked].flat() };
}

const COMMENT: Colour = ['comment'];
const DOCUMENTATION: Colour = ['comment', 'documentation'];
const NO_NAMES: readonly string[] = [];
const NO_COLOURS: BlockColours = { data: [], size: 0, firstLine: 0, lastLine: 0, names: NO_NAMES };

const bits = (modifiers: readonly TokenModifier[]): number => modifiers.reduce((sum, m) => sum | (1 << TOKEN_MODIFIERS.indexOf(m)), 0);
