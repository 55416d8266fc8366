import { absolute, isFigure, type Quantity } from '@sysd/core';
import { expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { lowerText } from '../lower-text.ts';

const TEXT = `system S
let followers = 200
let doubled = followers * 2
let posts = Post * 1 day
client users { daily-active: 1M, peak: 3x }
region us { availability: 99%, zones: a }
service api { replicas: 4 in us.a, cores: 2, cpu-time: 10 ms }
database db { table t { row: 1 KB } }
flow Post from users at 10/day each { users -> api -> db write t }
flow Echo from users at Post * 50% { users -> api }
scenario "Holidays" { users.peak: users.peak * 2, Post.at: Post * 3 }
`;

const quantity = (set: readonly string[], component: string, property: 'peak' | 'daily-active', scenario?: string): number => {
  const { design, diagnostics } = lowerText(TEXT, { set, ...(scenario === undefined ? {} : { scenario }) });
  expect(diagnostics).toEqual([]);
  return (design.components.get(component)!.properties.get(property)!.value as Quantity).value;
};

it('sets properties, lets, rates, places and tables as the line of a scenario does', () => {
  const set = ['users.daily-active=1G', 'followers: 500', 'Post.at = 20/day each', 'us.availability=99.5%', 'db.t.row=2 KB'];
  const { design, diagnostics } = lowerText(TEXT, { set });
  expect(diagnostics).toEqual([]);
  expect(design.set).toEqual(set);
  expect(design.scenario).toBeUndefined();
  expect(design.components.get('users')?.properties.get('daily-active')).toMatchObject({
    value: { value: 1e9 },
    text: '1G',
    origin: { kind: 'scenario', scenario: '--set' },
  });
  // 20/day each of 1G users, in a day.
  expect(design.lets.map((l) => l.value?.value)).toEqual([500, 1000, expect.closeTo(20e9, 0)]);
  expect(design.flows.get('Post')?.demand).toMatchObject({ kind: 'rate', each: true, rate: { value: 20 / 86_400 } });
  expect(design.places.get('us')?.properties.get('availability')).toMatchObject({ value: { value: 0.995 } });
  expect(design.components.get('db')?.tables[0]?.properties.get('row')).toMatchObject({ value: { value: 2000 } });
});

it('gives what the text gives with that value written in it', () => {
  const written = lowerText(TEXT.replace('1M', '7M').replace('cpu-time: 10 ms', 'cpu-time: 4 ms'));
  const set = lowerText(TEXT, { set: ['users.daily-active=7M', 'api.cpu-time=4 ms'] });
  const utilization = (design: typeof set.design) => assess(design).analysis.traffic.components.get('api')?.utilization;
  const [a, b] = [utilization(written.design), utilization(set.design)];
  expect(isFigure(a) && isFigure(b) && a.value === b.value).toBe(true);
});

it('stands upon the scenario and may use what it replaces', () => {
  expect(quantity(['users.peak=users.peak + 1'], 'users', 'peak')).toBe(4);
  expect(quantity(['users.peak=users.peak + 1'], 'users', 'peak', 'Holidays')).toBe(7);
  expect(quantity(['users.peak=5x', 'users.peak=users.peak * 2'], 'users', 'peak', 'Holidays')).toBe(10);
});

it('a rate that is replaced may use what it replaces, and is what its name means elsewhere', () => {
  const rates = (options: { set?: readonly string[]; scenario?: string }) => {
    const { design, diagnostics } = lowerText(TEXT, options);
    expect(diagnostics).toEqual([]);
    const { traffic } = assess(design).analysis;
    const perDay = (flow: string) => {
      const rate = traffic.flows.get(flow)?.demand.average;
      return isFigure(rate) ? Math.round(rate.value * 86_400) : rate;
    };
    return [perDay('Post'), perDay('Echo'), Math.round(design.lets[2]?.value?.value ?? 0)];
  };
  expect(rates({})).toEqual([10e6, 5e6, 10e6]);
  expect(rates({ scenario: 'Holidays' })).toEqual([30e6, 15e6, 30e6]);
  expect(rates({ scenario: 'Holidays', set: ['Post.at=Post*2'] })).toEqual([60e6, 30e6, 60e6]);
  expect(rates({ set: ['Post.at=100/s'] })).toEqual([8.64e6, 4.32e6, 8.64e6]);
});

it('says at the argument what is wrong with it', () => {
  const told = (set: string) =>
    lowerText(TEXT, { set: [set] }).diagnostics.map(
      (d) => `${absolute(d.span).uri}: ${d.rule}: ${d.message.replace(/; for example .*/, '')}`,
    );
  const example = 'users.daily-active=1G, followers=500, "ReadTimeline.at=3/day each"';
  expect(told('users')).toEqual([`--set users: invalid-value: this sets nothing; name what is set and its value: ${example}`]);
  expect(told('fail api')).toHaveLength(1);
  expect(told('a.b=1; c.d=2')).toEqual([
    `--set a.b=1; c.d=2: invalid-value: one argument sets one value; give --set once for each: name what is set and its value: ${example}`,
  ]);
  expect(told('user.peak=3')[0]).toBe(
    '--set user.peak=3: unknown-name: nothing is called user, but a component, flow, place or table is due here; did you mean users?',
  );
  expect(told('users.peek=3')[0]).toBe('--set users.peek=3: unknown-property: a client has no property peek; did you mean peak?');
  expect(told('users.peak=3 s')[0]).toContain('--set users.peak=3 s: unit-mismatch: ');
  expect(told('users.peak=')[0]).toContain('--set users.peak=: ');
  expect(told('api.replicas=0')[0]).toContain('--set api.replicas=0: ');
  expect(told('followers=followers / 0')[0]).toContain('--set followers=followers / 0: invalid-value: ');
  expect(told('__proto__.constructor=3')[0]).toContain('nothing is called __proto__');
  expect(told('')).toHaveLength(1);
  expect(told('x=1\n}\nservice y')).toHaveLength(1);
});
