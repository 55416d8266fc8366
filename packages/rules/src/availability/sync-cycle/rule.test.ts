import { expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { syncCycle } from './rule.ts';

testRule(syncCycle);

const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'sync-cycle');

const mutual = (ab: string, ba: string, more = '') => `system S
client u { daily-active: 1 }
service a { managed: yes }
service b { managed: yes }
${more}
flow One from u at 1/day {
  u -> a
  ${ab}
}
flow Two from u at 1/day {
  u -> b
  ${ba}
}
`;

it('names the cycle, with the place of each call', () => {
  const [cycle, ...more] = found(mutual('a -> b', 'b -> a'));
  expect(more).toEqual([]);
  expect(cycle).toMatchObject({ severity: 'info', element: 'a', affects: ['b'] });
  expect(cycle?.message).toMatch(/^a → b → a: each waits for the next in some of its requests\./);
  expect(cycle?.related?.map((r) => r.message)).toEqual([
    'a calls b in One and waits for the answer',
    'b calls a in Two and waits for the answer',
  ]);
});

it.each([
  ['nobody waits', 'a ~> b'],
  ['optional', 'a -> b optional'],
  ['not every request', 'a -> b when 10%'],
  ['a fallback', 'a -> b\n  else a -> other'],
  ['an alternative', 'a -> b | other'],
  ['by a queue', 'a -> q publish 1 KB\n  q -> b'],
])('none where one call is no hard one: %s', (_, call) => {
  expect(found(mutual(call, 'b -> a', 'service other { managed: yes }\nqueue q { managed: yes }'))).toEqual([]);
});

it('finds the shortest of a longer knot, once', () => {
  const more = 'service c { managed: yes }\nservice __proto__ { managed: yes }\nflow Three from u at 1/day {\n  u -> c\n  c -> a\n}';
  const text = mutual('a -> b\n  b -> c', 'b -> __proto__', more);
  expect(found(text).map((f) => f.message.split(':')[0])).toEqual(['a → b → c → a']);
});

it('a control plane that needs what it controls never starts: the fix lets the sidecars go on', () => {
  const text = `system S
client u { daily-active: 1 }
service config { replicas: 2, health: tcp }
mesh m: istio { replicas: 2, covers: config, store, when-control-plane-fails: closed, failover: automatic via store }
registry store: etcd { replicas: 3 }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
flow One from u at 1/day {
  u -> lb -> config
}
`;
  const [cycle, ...more] = found(text);
  expect(more).toEqual([]);
  expect(cycle).toMatchObject({ severity: 'warning', element: 'm' });
  expect(cycle?.message).toContain('m → store → m: each needs the next for everything it does');
  expect(found(fixed(text, cycle))).toEqual([]);
});
