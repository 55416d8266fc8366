import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { quorumZoneMajority } from './rule.ts';

testRule(quorumZoneMajority);

const design = (voters: string, steps: string) => `system S
zone a
zone b
zone c
region eu { zones: x, y, z }
region us { zones: x, y, z }
client users { daily-active: 1k }
service api { replicas: 3 across a, b, c, health: tcp }
api -> votes { timeout: 100 ms }
loadbalancer lb: alb
registry votes: etcd { replicas: ${voters} }
flow F from users at 1/day each {
  users -> lb -> api
  ${steps}
}
`;
const rules = (voters: string, steps = 'api -> votes optional') =>
  examine(design(voters, steps)).findings.filter((f) => f.rule !== 'unused-component');
const messages = (voters: string, steps?: string) =>
  rules(voters, steps).flatMap((f) => (f.rule === 'quorum-zone-majority' ? [f.message] : []));

describe('quorum-zone-majority', () => {
  it('is silent where single-point-of-failure tells the zone, and only there', () => {
    expect(rules('3 in a, a, b', 'api -> votes').map((f) => `${f.rule} on ${f.element}`)).toEqual(['single-point-of-failure on a']);
    expect(rules('3 in a, a, b').map((f) => `${f.rule} on ${f.element}`)).toEqual(['quorum-zone-majority on votes']);
    expect(rules('3 across a, b, c')).toEqual([]);
    expect(rules('3 across a, b, c', 'api -> votes')).toEqual([]);
  });

  it('stays silent where that is accepted', () => {
    const text = `${design('3 in a, a, b', 'api -> votes')}accept single-point-of-failure on a because "one data centre"\n`;
    expect(examine(text).findings.map((f) => [f.rule, f.accepted])).toEqual([['single-point-of-failure', 'one data centre']]);
  });

  it('says how many are left', () => {
    expect(messages('3 in a, a, b')).toEqual([
      'Zone a holds 2 of the 3 voters of votes: when it fails, fewer than 2 are left, and votes stops. Of two zones one always does: put a voter into a third.',
    ]);
    expect(messages('5 in a, a, a, b, c')).toEqual([
      'Zone a holds 3 of the 5 voters of votes: when it fails, fewer than 3 are left, and votes stops. Spread them so that no zone holds more than 2.',
    ]);
    expect(messages('4 across a, b')[0]).toContain('Each of a and b holds 2 or more of the 4 voters');
  });

  it('sees the region behind the zones', () => {
    expect(messages('5 in eu.x, eu.y, eu.z, us.x, us.y')[0]).toContain('Region eu holds 3 of the 5 voters');
    expect(messages('3 across eu')).toEqual([]);
  });

  it('is not about voters in one place, or in none', () => {
    expect(messages('3 in a')).toEqual([]);
    expect(messages('3')).toEqual([]);
    expect(messages('1 in a')).toEqual([]);
  });

  it('spreads them where there are places for it', () => {
    const text = design('5 in a, a, a, b, c', 'api -> votes optional');
    const finding = examine(text).findings.find((f) => f.rule === 'quorum-zone-majority');
    expect(fixed(text, finding)).toContain('replicas: 5 across a, b, c');
    expect(messages('5 across a, b')).toHaveLength(1);
    expect(rules('5 across a, b').some((f) => f.fixes)).toBe(false);
  });
});
