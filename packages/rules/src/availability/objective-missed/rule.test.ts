import { assess, finish, laterFindings, lowerText } from '@sysd/language';
import { check } from '@sysd/testkit';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { objectiveMissed } from './rule.ts';

testRule(objectiveMissed);

const shop = (slo: string, more = '', app = 'availability: 99.95%') => `system Shop
client users { daily-active: 100k }
service app { managed: yes, ${app} }
database orders { managed: yes, availability: 99.99% }
queue later { managed: yes, availability: 99.9% }
worker writer { managed: yes, availability: 99% }
flow Browse from users at 20/day each {
  users -> app
  app -> orders read 2 KB
  app ~> later publish 1 KB
  later ~> writer
  slo: ${slo}
}
${more}`;
const found = (text: string) =>
  examine(text).findings.filter((f) => f.rule === 'objective-missed' || f.message.includes('objective-missed'));
const messages = (text: string) => found(text).map((f) => f.message);

// U = 1 − 0.9995 × 0.9999 × 0.999 = 0.00159935; of the completion 1 − that × 0.99 = 0.0115834.
describe('what is said', () => {
  it('names what the flow comes to, what that is a year, and what is decisive', () => {
    // × 525,600 min = 840.62; later: 0.9995 × 0.9999 × 0.001 ÷ U = 62.49 %, app: 0.9999 × 0.999 × 0.0005 ÷ U = 31.23 %.
    const [finding] = found(shop('availability >= 99.9%'));
    expect(finding?.message).toContain(
      'Browse comes to 99.84006 %, below its objective of 99.9 %: 840.6 min down a year, of which 525.6 min are allowed.',
    );
    expect(finding?.message).toContain(
      'Decisive most often: later (62.5 % of the downtime), app (31.2 % of the downtime) and orders (6.2 % of the downtime).',
    );
    expect(finding).toMatchObject({ element: 'Browse', severity: 'error' });
    expect(finding?.related?.map((r) => r.message.split(':')[0])).toEqual(['later', 'app', 'orders']);
  });

  it('says of how many instances the decisive one is', () => {
    const text = `system Shop
client users { daily-active: 100k }
loadbalancer lb { replicas: 4, min-available: 4, health: http "/", availability: 99.9% }
flow Browse from users at 20/day each {
  users -> lb
  slo: availability >= 99.9%
}
`;
    // Each of the four alone: 0.001 × 0.999^3 ÷ (1 − 0.999^4) = 24.96 %.
    const [finding] = found(text);
    expect(finding?.message).toContain('Decisive most often: an instance of lb (one of 4, 25 % of the downtime).');
    expect(finding?.related?.[0]?.message).toMatch(/^an instance of lb \(one of 4\): down 0.1 % of the time/);
  });

  it('tells the completion by itself', () => {
    const all = messages(shop('availability >= 99.8%, completion availability >= 99.8%'));
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(/^What goes on after the answer of Browse comes to 98\.8417 %, below its objective of 99\.8 %/);
  });

  it('where something is unknown, only what is missed for certain', () => {
    expect(messages(shop('availability >= 99.8%', '', ''))).toEqual([]);
    expect(messages(shop('availability >= 99.9%', '', ''))).toEqual([
      'Browse cannot reach its objective of 99.9 %: it comes to at most 99.89001 %, even if nothing else ever failed (how available app is, nobody says). Make redundant what fails it alone, or lower the objective.',
    ]);
  });

  it('is about the year: nothing is said while something has failed', () => {
    const { design } = lowerText(shop('availability >= 99.9%'), { fail: ['writer'] });
    expect(finish(laterFindings(assess(design)))).toEqual([]);
  });

  it('knows an objective the wrong way round', () => {
    expect(messages(shop('availability <= 99%'))[0]).toContain('more than the objective allows (at most 99 %)');
  });

  it('says nothing of a flow through what could not be read', () => {
    expect(messages(shop('availability >= 99.9%', '', 'availability: 99.95%, replicas: many'))).toEqual([]);
  });
});

describe('accept', () => {
  const accept = 'accept objective-missed on Browse because "until May"';
  it('silences it', () => {
    expect(found(shop('availability >= 99.9%', accept)).map((f) => f.accepted)).toEqual(['until May']);
  });
  it('that silences nothing is told, once', () => {
    expect(found(shop('availability >= 99.8%', accept)).map((f) => f.rule)).toEqual(['unused-accept']);
    expect(found(shop('p99 <= 1 s', accept)).map((f) => f.rule)).toEqual(['unused-accept']);
  });
});

// What promises less than the objective by itself is said at its own place, too: what to do is another thing there.
it('stands under the objective', () => {
  check(`
    system Shop
    client users { daily-active: 100k }
    service app { managed: yes, availability: 99.9% }
            ~~~ single-point-of-failure: app alone stops Browse, and promises less than the 99.95 % that Browse wants: that cannot be met with it alone. Give the step a fallback (else …), use a second one, or lower the objective.
    flow Browse from users at 20/day each {
      users -> app
      slo: availability >= 99.95%
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~ objective-missed: Browse comes to 99.9 %, below its objective of 99.95 %: 525.6 min down a year, of which 262.8 min are allowed. Decisive most often: app (100 % of the downtime). Make what contributes most redundant (the quick fixes say what each change gains; \`sysd availability\` shows a path), or lower the objective.
    }
  `);
});
