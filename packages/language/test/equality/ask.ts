import { type Difference, firstDifference } from './difference.ts';
import type { InProcessServer } from './in-process-server.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Everything that an editor asks of a document, whole and in parts, at places drawn by lot. `settled`: questions about figures, too. */
export async function differenceOfAnswers(
  grown: InProcessServer,
  fresh: InProcessServer,
  world: World,
  random: Random,
  settled: boolean,
): Promise<Difference | undefined> {
  const uris = [...world.open.keys()];
  if (uris.length === 0) return undefined;
  const uri = random.pick(uris);
  for (const [method, params] of [...questionsOf(uri, world.open.get(uri) ?? '', random, settled)]) {
    const [left, right] = await Promise.all([answer(grown, method, params), answer(fresh, method, params)]);
    const found = firstDifference(left, right);
    if (found) return { ...found, path: `${method} ${JSON.stringify(params)} ${found.path}` };
  }
  return undefined;
}

/** Asks about each open document what needs its design at the newest text. */
export async function bringUp(server: InProcessServer, world: World): Promise<void> {
  for (const uri of world.open.keys()) await answer(server, 'textDocument/references', { ...START, textDocument: { uri } });
}

const START = { position: { line: 0, character: 0 }, context: { includeDeclaration: true } };

async function answer(server: InProcessServer, method: string, params: object): Promise<unknown> {
  try {
    const result = await server.ask(method, params);
    // The number of a result counts what was asked before.
    return method.startsWith('textDocument/semanticTokens') ? { ...(result as object), resultId: undefined } : result;
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function* questionsOf(uri: string, text: string, random: Random, settled: boolean): Iterable<readonly [string, object]> {
  const textDocument = { uri };
  const lines = text.split(/\r\n|\r|\n/);
  const position = () => {
    const line = random.below(lines.length);
    return { line, character: random.below((lines[line]?.length ?? 0) + 1) };
  };
  const range = () => {
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    return { start: { line: Math.min(a, b), character: 0 }, end: { line: Math.max(a, b), character: 0 } };
  };
  const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
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
  if (!settled) return;
  for (let i = 0; i < 3; i++) {
    const at = position();
    yield ['textDocument/hover', { textDocument, position: at }];
    yield ['sysd/elementAt', { uri, position: at }];
  }
  yield ['textDocument/inlayHint', { textDocument, range: whole }];
  yield ['textDocument/inlayHint', { textDocument, range: range() }];
  yield ['textDocument/codeAction', { textDocument, range: whole, context: { diagnostics: [] } }];
  yield ['textDocument/codeAction', { textDocument, range: range(), context: { diagnostics: [], only: ['source.fixAll.sysd'] } }];
}
