import type { Design } from '@sysd/core';
import { assessor, lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';
import { takeOver } from './take-over.ts';

/** Two flows that share a database, a part that nothing reaches, and findings everywhere. */
const shop = (changed: { readonly api?: string; readonly idle?: string; readonly connection?: string } = {}): string => `system Shop
client users { daily-active: 1M }
service api { replicas: 2${changed.api ?? ''} }
service web { replicas: 1 }
service idle { replicas: 1${changed.idle ?? ''} }
service lonely
database orders: postgres { replicas: 2 }
idle -> lonely${changed.connection ?? ''}

flow Order from users at 1/day each {
  users -> api
  api -> orders write 1 KB
}

flow Read from users at 5/day each {
  users -> web
  web -> orders read 2 KB
}
`;

/** Ids of results, and messages of findings, that are other objects after the change. */
function made(change: Parameters<typeof shop>[0]) {
  const assess = assessor();
  const before = assess(lowerText(shop()).design as Design);
  const now = assess(takeOver(before.design, lowerText(shop(change)).design as Design));
  const other = <T>(old: ReadonlyMap<string, T>, next: ReadonlyMap<string, T>): string[] =>
    [...next].flatMap(([id, value]) => (old.get(id) === value ? [] : [id]));
  const old = new Set(before.findings);
  const { traffic } = before.analysis;
  return {
    flows: other(traffic.flows, now.analysis.traffic.flows),
    components: other(traffic.components, now.analysis.traffic.components),
    connections: other(traffic.connections, now.analysis.traffic.connections),
    storage: now.analysis.storage !== before.analysis.storage,
    failures: now.analysis.failures !== before.analysis.failures,
    findings: now.findings.filter((f) => !old.has(f)).map((f) => `${f.rule} on ${f.element}`),
    kept: now.findings.filter((f) => old.has(f)).length,
  };
}

describe('a change of one component', () => {
  it('makes only its own load and findings again', () => {
    const result = made({ api: ', cpu-time: 10 ms' });
    expect(result).toMatchObject({ flows: [], components: ['api'], connections: [], storage: false });
    expect(new Set(result.findings.map((f) => f.split(' on ')[1]))).toEqual(new Set(['api']));
    expect(result.kept).toBeGreaterThan(2);
  });

  it('that no flow reaches leaves all flows alone', () => {
    const result = made({ idle: ', cpu-time: 10 ms' });
    expect(result).toMatchObject({ flows: [], components: ['idle'], connections: [], storage: false, failures: false });
  });

  it('that changes nothing makes nothing', () => {
    expect(made({})).toMatchObject({ flows: [], components: [], connections: [], storage: false, failures: false, findings: [] });
  });
});

describe('a change of one connection', () => {
  it('that no flow uses makes only findings about its ends again', () => {
    const result = made({ connection: ' { pool: 2 }' });
    expect(result).toMatchObject({ flows: [], components: [], connections: [], storage: false, failures: false });
    expect(new Set(result.findings.map((f) => f.split(' on ')[1]))).toEqual(new Set(['idle', 'lonely']));
  });
});
