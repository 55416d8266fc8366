import { known } from '@sysd/core';
import { assess, lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { closedParts } from './closed-parts.ts';

const linesOf = (flows: string) => {
  const { design } = lowerText(`system S
client users { online: 1000, think-time: 5 s }
service web { cores: 64, latency: 50 ms }
${flows}
`);
  const { closed } = assess(design).analysis.traffic;
  const parts = closedParts(closed.values(), (estimate, show) => {
    const value = known(estimate);
    return value === undefined ? '–' : show(value);
  });
  const users = closed.get('users');
  return {
    lines: parts.flatMap((p) => ('table' in p ? [] : p.lines)),
    throughput: known(users?.throughput),
    responseTime: known(users?.responseTime),
  };
};

it('says of what cycle the numbers are: so many think times and response times of it are N ÷ throughput', () => {
  const { lines, throughput, responseTime } = linesOf(`flow Browse from users { users -> web }
flow Buy from users at Browse * 50% { users -> web }
flow Other from users { users -> web }`);
  expect(lines).toEqual([
    'users: throughput and response time are those of a cycle, Browse + 0.5 × Buy + Other, in which they think 2.5 times.',
  ]);
  expect(1000 / (2.5 * 5 + (responseTime ?? 0))).toBeCloseTo(throughput ?? 0, 9);
});

it('says nothing where it is one run of one flow', () => {
  const { lines, throughput, responseTime } = linesOf('flow Browse from users { users -> web }');
  expect(lines).toEqual([]);
  expect(1000 / (5 + (responseTime ?? 0))).toBeCloseTo(throughput ?? 0, 9);
});
