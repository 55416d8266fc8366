import { performance } from 'node:perf_hooks';
import { startEditor } from './editor.ts';
import type { Workspace } from './graph.ts';
import { cpuOf, peakMemoryOf } from './process-tree.ts';

/** Milliseconds, and megabytes for memory. CPU is of the whole process tree, with a resolution of 10 ms. */
export interface Measurement {
  readonly firstDiagnosticsMs: number;
  readonly wallMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly hoverMs: readonly number[];
  readonly completionMs: readonly number[];
  readonly tokensMs: readonly number[];
  readonly formattingMs: readonly number[];
  readonly peakMb: number;
}

/**
 * Runs a language server on a workspace: opens the edited file, then replaces the marked line in turn by one with an unknown name and one
 * without, and times each until the matching diagnostics arrive and the server's CPU is idle again. Then hover, completion and semantic
 * tokens right after a keystroke (the delta where the server offers one, as an editor asks), and formatting of the document.
 */
export async function measure(command: readonly string[], workspace: Workspace, edits: number): Promise<Measurement> {
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
    const { firstDiagnosticsMs } = editor;
    return { firstDiagnosticsMs, wallMs, cpuMs, hoverMs, completionMs, tokensMs, formattingMs, peakMb: peakMemoryOf(editor.pid) };
  } finally {
    await editor.stop();
  }
}

/** Id of a result from which a server can answer what has changed. */
function tokensOf(result: unknown): string | undefined {
  return (result as { resultId?: string } | null)?.resultId;
}
