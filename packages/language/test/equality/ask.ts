import { type Difference, firstDifference } from './difference.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** A server that can be asked. */
export interface Asked {
  ask(method: string, params: object): Promise<unknown>;
}

/** Everything that an editor asks of a document, whole and in parts, at places drawn by lot; but for what older findings or drawings stand in. */
export async function differenceOfAnswers(
  grown: Asked,
  fresh: Asked,
  { uri, text, random }: { readonly uri: string; readonly text: string; readonly random: Random },
  standIns: { readonly findings: boolean; readonly drawing: boolean },
): Promise<Difference | undefined> {
  const questions = [
    ...aboutText(uri, text, random),
    ...(standIns.findings ? [] : aboutFigures(uri, text, random)),
    ...(standIns.drawing ? [] : aboutDrawing(uri, text, random)),
  ];
  for (const [method, params] of questions) {
    const [left, right] = await Promise.all([answer(grown, method, params), answer(fresh, method, params)]);
    const found = firstDifference(left, right);
    if (found) return { ...found, path: `${method} ${JSON.stringify(params)} ${found.path}` };
  }
  return undefined;
}

/** Asks about each open document what needs its design at the newest text. */
export async function bringUp(server: Asked, world: World): Promise<void> {
  for (const uri of world.open.keys()) await answer(server, 'textDocument/references', { ...START, textDocument: { uri } });
}

const START = { position: { line: 0, character: 0 }, context: { includeDeclaration: true } };

async function answer(server: Asked, method: string, params: object): Promise<unknown> {
  try {
    const result = await server.ask(method, params);
    // The number of a result counts what was asked before.
    return method.startsWith('textDocument/semanticTokens') ? { ...(result as object), resultId: undefined } : result;
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

export type Question = readonly [method: string, params: object];

function lotsOf(text: string, random: Random) {
  const lines = text.split(/\r\n|\r|\n/);
  return {
    position() {
      const line = random.below(lines.length);
      return { line, character: random.below((lines[line]?.length ?? 0) + 1) };
    },
    range() {
      const [a, b] = [random.below(lines.length), random.below(lines.length)];
      return { start: { line: Math.min(a, b), character: 0 }, end: { line: Math.max(a, b), character: 0 } };
    },
    whole: { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } },
  };
}

export function* aboutText(uri: string, text: string, random: Random): Iterable<Question> {
  const textDocument = { uri };
  const { position, range } = lotsOf(text, random);
  const options = { tabSize: 2, insertSpaces: true };
  yield ['textDocument/documentSymbol', { textDocument }];
  yield ['textDocument/foldingRange', { textDocument }];
  yield ['textDocument/documentLink', { textDocument }];
  yield ['textDocument/formatting', { textDocument, options }];
  yield ['textDocument/rangeFormatting', { textDocument, options, range: range() }];
  // Definition brings the design to the newest text; completion and colours use what was computed last.
  for (let i = 0; i < 3; i++) {
    const at = position();
    yield ['textDocument/definition', { textDocument, position: at }];
    yield ['textDocument/references', { textDocument, position: at, context: { includeDeclaration: random.chance(0.5) } }];
    yield ['textDocument/prepareRename', { textDocument, position: at }];
    yield ['textDocument/rename', { textDocument, position: at, newName: random.pick(['renamed', 'api', 'two words']) }];
    yield ['textDocument/completion', { textDocument, position: at }];
  }
  yield ['textDocument/semanticTokens/full', { textDocument }];
  yield ['textDocument/semanticTokens/range', { textDocument, range: range() }];
}

export function* aboutFigures(uri: string, text: string, random: Random): Iterable<Question> {
  const textDocument = { uri };
  const { position, range, whole } = lotsOf(text, random);
  for (let i = 0; i < 4; i++) yield ['textDocument/hover', { textDocument, position: position() }];
  yield ['textDocument/inlayHint', { textDocument, range: whole }];
  yield ['textDocument/inlayHint', { textDocument, range: range() }];
  yield ['textDocument/codeAction', { textDocument, range: whole, context: { diagnostics: [] } }];
  yield ['textDocument/codeAction', { textDocument, range: range(), context: { diagnostics: [], only: ['source.fixAll.sysd'] } }];
}

export function* aboutDrawing(uri: string, text: string, random: Random): Iterable<Question> {
  const { position } = lotsOf(text, random);
  for (let i = 0; i < 3; i++) yield ['sysd/elementAt', { uri, position: position() }];
}
