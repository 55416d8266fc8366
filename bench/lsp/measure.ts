import { performance } from 'node:perf_hooks';
import { startEditor } from './editor.ts';
import type { Workspace } from './graph.ts';
import { cpuOf, peakMemoryOf } from './process-tree.ts';

/** Times from the start of the server's process, ms. */
export interface Opening {
  /** To the first message with diagnostics of the document, whatever it says. */
  readonly firstDiagnostics: number;
  /** To the message that tells the one unknown name in it. */
  readonly unknownName: number;
}

/** Starts a server on the workspace with an unknown name in the marked line, and opens that file. */
async function opened(command: readonly string[], workspace: Workspace): Promise<Opening> {
  const marked = (line: string): string => (line.includes(workspace.mark) ? `${workspace.bad(0)} ${workspace.mark}` : line);
  const files = workspace.files.map((file) => ({ ...file, text: file.text.split('\n').map(marked).join('\n') }));
  const editor = await startEditor(command, { ...workspace, files });
  try {
    const told = editor.opening.find(({ messages }) => messages.some((message) => message.includes('nope_0')));
    return { firstDiagnostics: editor.opening[0]?.ms ?? Number.NaN, unknownName: told?.ms ?? Number.NaN };
  } finally {
    await editor.stop();
  }
}

/** Milliseconds, and megabytes for memory. CPU is of the whole process tree, with a resolution of 10 ms. */
export interface Measurement {
  readonly opening: Opening;
  readonly wallMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly hoverMs: readonly number[];
  readonly completionMs: readonly number[];
  readonly tokensMs: readonly number[];
  readonly formattingMs: readonly number[];
  readonly peakMb: number;
}

/**
 * Runs a language server on a workspace: opens a file with an unknown name, then, in another start, the edited file, and replaces the marked line in turn by one with an unknown name and one
 * without, and times each until the matching diagnostics arrive and the server's CPU is idle again. Then hover, completion and semantic
 * tokens right after a keystroke (the delta where the server offers one, as an editor asks), and formatting of the document.
 */
export async function measure(command: readonly string[], workspace: Workspace, edits: number): Promise<Measurement> {
  const opening = await opened(command, workspace);
  const editor = await startEditor(command, workspace);
  try {
    const wallMs: number[] = [];
    const cpuMs: number[] = [];
    for (let i = 0; i < edits * 2; i++) {
      const bad = i % 2 === 0;
      const arrived = editor.diagnostics(bad ? `nope_${i}` : 'nope_', bad);
      const cpuBefore = cpuOf(editor.pid);
      const { at } = await editor.replace(bad ? workspace.bad(i) : workspace.good(i));
      wallMs.push((await arrived) - at);
      await editor.idle();
      cpuMs.push(cpuOf(editor.pid) - cpuBefore);
    }
    /** Time of a request that is sent right behind a keystroke. */
    const probe = async (ask: (line: number, character: number) => Promise<unknown>) => {
      const times: number[] = [];
      for (let i = 0; i < edits; i++) {
        const text = workspace.good(100 + i);
        const { line } = await editor.replace(`${text}${' '.repeat(i % 2)}`);
        const begin = performance.now();
        await ask(line, text.lastIndexOf('svc_') + 1);
        times.push(performance.now() - begin);
        await editor.idle();
      }
      return times;
    };
    const hoverMs = await probe((line, character) => editor.ask('textDocument/hover', { position: { line, character } }));
    const completionMs = await probe((line, character) => editor.ask('textDocument/completion', { position: { line, character } }));
    const tokens = tokensOf(await editor.ask('textDocument/semanticTokens/full', {}));
    let previousResultId = tokens;
    const tokensMs = await probe(async () => {
      const delta = previousResultId !== undefined;
      const asked = delta
        ? editor.ask('textDocument/semanticTokens/full/delta', { previousResultId })
        : editor.ask('textDocument/semanticTokens/full', {});
      previousResultId = tokensOf(await asked);
    });
    const options = { tabSize: 2, insertSpaces: true };
    const formattingMs = await probe(() => editor.ask('textDocument/formatting', { options }));
    return { opening, wallMs, cpuMs, hoverMs, completionMs, tokensMs, formattingMs, peakMb: peakMemoryOf(editor.pid) };
  } finally {
    await editor.stop();
  }
}

/** Id of a result from which a server can answer what has changed. */
function tokensOf(result: unknown): string | undefined {
  return (result as { resultId?: string } | null)?.resultId;
}
