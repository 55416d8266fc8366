/** A CPU profile as V8 writes it; times in µs of the monotonic clock. */
export interface CpuProfile {
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
}

/** Where the time of a keystroke goes. A sample belongs to the innermost of these places that it is in. */
const PHASES: readonly (readonly [phase: string, place: RegExp])[] = [
  ['text', /packages\/language\/src\/(lsp\/(text|session\/(files|drift|uri))|document)|vscode-languageserver-textdocument/],
  ['parse', /packages\/language\/src\/(parser\/|parse\.ts|project\/|sysd-module)/],
  ['lower', /packages\/language\/src\/(lower\/|lower-text)/],
  ['traffic', /packages\/analysis\/src\/(traffic|figure|queueing|estimation)\//],
  ['limits, latency', /packages\/analysis\/src\/(limits|latency|stability)\//],
  ['storage', /packages\/analysis\/src\/storage\//],
  ['failures', /packages\/analysis\/src\/(reliability|scenario)\//],
  ['queries', /packages\/analysis\/src\/queries\//],
  ['rules', /packages\/rules\/src\//],
  ['publish', /packages\/language\/src\/lsp\/(features|validation)/],
  ['designs and what stands', /packages\/language\/src\/(lsp\/session|assess)|packages\/analysis\/src\/analyse/],
  ['messages', /vscode-jsonrpc|vscode-languageserver|node:(internal\/streams|net|buffer)|packages\/language\/src\/lsp\/server/],
];
const OTHER = 'other';
const WAITING = new Set(['(idle)', '(program)', '(root)']);

/** Milliseconds of each phase in these stretches of time (µs of the monotonic clock), most first. */
export function timeByPhase(profile: CpuProfile, during: readonly (readonly [from: number, to: number])[]): [phase: string, ms: number][] {
  const phaseOf = phasesOf(profile);
  const spent = new Map<string, number>();
  let now = profile.startTime;
  let next = 0;
  for (const [i, sample] of profile.samples.entries()) {
    const delta = profile.timeDeltas[i] ?? 0;
    now += delta;
    while (next < during.length && during[next]![1] < now) next++;
    const phase = next < during.length && during[next]![0] <= now ? phaseOf.get(sample) : undefined;
    if (phase !== undefined) spent.set(phase, (spent.get(phase) ?? 0) + delta / 1000);
  }
  return [...spent].sort((a, b) => b[1] - a[1]);
}

/** Phase of each node of the profile; waiting has none. */
function phasesOf({ nodes }: CpuProfile): Map<number, string> {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const own = new Map(nodes.map(({ id, callFrame }) => [id, PHASES.find(([, place]) => place.test(callFrame.url))?.[0]] as const));
  const phases = new Map<number, string>();
  for (const { id, callFrame } of nodes) {
    if (WAITING.has(callFrame.functionName)) continue;
    if (callFrame.functionName === '(garbage collector)') phases.set(id, 'garbage collection');
    else phases.set(id, innermost(id, own, parents) ?? OTHER);
  }
  return phases;
}

function innermost(id: number, own: ReadonlyMap<number, string | undefined>, parents: ReadonlyMap<number, number>): string | undefined {
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const phase = own.get(at);
    if (phase !== undefined) return phase;
  }
  return undefined;
}
