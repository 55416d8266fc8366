import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';

/** Keeps the tokens last sent for each document, so that the next answer can be what changed. */
export interface TokenHistory {
  full(uri: string, data: number[]): SemanticTokens;
  delta(uri: string, previous: string, data: number[]): SemanticTokens | SemanticTokensDelta;
  forget(uri: string): void;
}

export function tokenHistory(): TokenHistory {
  const sent = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  let count = 0;
  const keep = (uri: string, data: number[]): string => {
    const id = String(++count);
    sent.set(uri, { id, data });
    return id;
  };
  return {
    full: (uri, data) => ({ resultId: keep(uri, data), data }),
    delta(uri, previous, data) {
      const before = sent.get(uri);
      const resultId = keep(uri, data);
      if (before?.id !== previous) return { resultId, data };
      const older = before.data;
      const most = Math.min(older.length, data.length);
      let head = 0;
      while (head < most && older[head] === data[head]) head++;
      let tail = 0;
      while (tail < most - head && older[older.length - 1 - tail] === data[data.length - 1 - tail]) tail++;
      if (head === older.length && head === data.length) return { resultId, edits: [] };
      return { resultId, edits: [{ start: head, deleteCount: older.length - head - tail, data: data.slice(head, data.length - tail) }] };
    },
    forget: (uri) => void sent.delete(uri),
  };
}
