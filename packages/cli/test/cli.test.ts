import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const main = join(import.meta.dirname, '../dist/sysd.js'); // built by `npm run build`, which `npm test` runs first
const scratch = mkdtempSync(join(tmpdir(), 'sysd-cli-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the built command line in a folder. */
function sysd(args: readonly string[], cwd = scratch) {
  const done = spawnSync(process.execPath, [main, ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/** What Node.js 20, the oldest that sysd runs on, does not have yet. */
const NODE_20 = `
  delete Object.groupBy;
  delete Map.groupBy;
  delete Array.fromAsync;
  delete Promise.withResolvers;
  delete Promise.try;
  delete RegExp.escape;
  for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find']) delete Iterator.prototype[name];
  for (const name of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']) delete Set.prototype[name];
`;

const write = (name: string, text: string): string => {
  writeFileSync(join(scratch, name), text);
  return name;
};

const CLEAN = `system Clean
client users { daily-active: 1M, peak: 2x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, cores: 4, cpu-time: 10 ms, health: http "/healthz" }
flow Ask from users at 10/day each {
  users -> lb -> api
}
`;
const FAULTY = CLEAN.replace(' { replicas: 2, mode: active-passive, failover: automatic }', '');

const schema = (name: string) => {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, `../schemas/${name}.schema.json`), 'utf8')));
};
const designs = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.sysd'))
  .map((f) => f.replaceAll('\\', '/'))
  .sort();

describe('sysd report', () => {
  it('writes a page in the form that the name of the file says, and needs a design', () => {
    const clean = write('reported.sysd', CLEAN);
    expect(sysd(['report', clean, '--output', 'reported.md'])).toEqual({ code: 0, out: '', err: 'wrote reported.md\n' });
    expect(readFileSync(join(scratch, 'reported.md'), 'utf8')).toMatch(/^# Clean: design report\n/);
    expect(sysd(['report', clean]).out).toMatch(/^<!DOCTYPE html>/);
    expect(sysd(['report', write('part-of-it.sysd', 'service api\n')]).code).toBe(2);
  });
});

describe('sysd check', () => {
  it('exits 0 when clean, 1 on findings at or above --fail-on, 2 when it could not run', () => {
    const clean = write('clean.sysd', CLEAN);
    const faulty = write('faulty.sysd', FAULTY);
    expect(sysd(['check', clean])).toMatchObject({ code: 0, out: 'No findings.\n' });
    const found = sysd(['check', faulty]);
    expect(found.code).toBe(1);
    expect(found.out).toContain('faulty.sysd:3:14 error single-point-of-failure');
    expect(sysd(['check', faulty, '--fail-on', 'never']).code).toBe(0);
    const missing = sysd(['check', 'nothing.sysd']);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('there is no file or folder nothing.sysd');
    expect(sysd(['check', faulty, '--fail-on', 'sometimes']).code).toBe(2);
    expect(sysd(['chekc']).code).toBe(2);
  });

  it('runs on Node.js 20', () => {
    const clean = write('clean-on-20.sysd', CLEAN);
    const as20 = ['--import', `data:text/javascript,${encodeURIComponent(NODE_20)}`];
    const done = spawnSync(process.execPath, [...as20, main, 'check', clean], { cwd: scratch, encoding: 'utf8' });
    expect([done.stderr, done.stdout]).toEqual(['', 'No findings.\n']);
  });

  it('says that a file without a system has been checked as a text only', () => {
    const { code, out } = sysd(['check', write('part.sysd', 'service api { replicas: 3 }\n')]);
    expect(code).toBe(0);
    expect(out).toContain('part.sysd has no `system NAME` line: only its text was checked.');
  });

  it('counts an accepted finding as none', () => {
    const accepted = write('accepted.sysd', `${FAULTY}accept single-point-of-failure on lb because "a lab"\n`);
    const { code, out } = sysd(['check', accepted, '--fail-on', 'hint']);
    expect(code).toBe(0);
    expect(out).toContain('accepted: single-point-of-failure on lb: a lab');
  });

  it('does not let control characters of a file reach the terminal', () => {
    const hostile = write('hostile.sysd', 'system X\nservice a "\u001b[2J\u001b]0;owned\u0007" { replicas: 2 B }\n');
    const { out } = sysd(['check', hostile]);
    expect(out).toContain('unit-mismatch');
    expect(out).not.toContain('\u001b');
    const first = write('hostile-first.sysd', 'system X\nservice a { health: "\u001b[2J" }\n');
    const { err } = sysd(['estimate', first]);
    expect(err).toContain('has 1 error');
    expect(err).not.toContain('\u001b');
  });

  const valid = schema('check');
  it.each(designs)('%s: the JSON output fits its schema', (design) => {
    const { out } = sysd(['check', design, '--format', 'json'], join(root, 'examples'));
    const parsed = JSON.parse(out);
    expect(valid(parsed) || valid.errors).toBe(true);
    expect(parsed.findings.every((f: { file: string }) => !f.file.includes('\\'))).toBe(true);
  });
});

describe('sysd estimate', () => {
  const valid = schema('estimate');
  it.each(['twitter-feed/feed.sysd', 'twitter-feed/back-of-the-envelope.sysd', 'sharded-shop/shop.sysd'])(
    '%s: the JSON output fits its schema',
    (design) => {
      const { out, err } = sysd(['estimate', design, '--format', 'json', '--explain'], join(root, 'examples'));
      expect(err).toBe('');
      const parsed = JSON.parse(out);
      expect(valid(parsed) || valid.errors).toBe(true);
      for (const [i, entry] of parsed[0].derivations.entries()) {
        expect((entry.inputs ?? []).every((n: number) => n < i)).toBe(true);
      }
    },
  );

  it('gives the figures of the feed with the inputs of its article alone', () => {
    const { out } = sysd(['estimate', 'twitter-feed/back-of-the-envelope.sysd', '--format', 'json'], join(root, 'examples'));
    const [estimate] = JSON.parse(out);
    const average = (id: string) => estimate.flows.find((f: { id: string }) => f.id === id).demand.average.value;
    // 100 M users × 10 and × 1000 a day, over 86,400 s.
    expect(average('PostTweet') * 86_400).toBeCloseTo(1e9, 0);
    expect(average('ReadTweet') * 86_400).toBeCloseTo(1e11, -2);
    expect(average('PostTweet')).toBeCloseTo(11_574.07, 2);
    expect(average('ReadTweet')).toBeCloseTo(1_157_407.4, 1);
    // 1 G × 400 B + 100 M × 2 MB.
    const perDay = estimate.storage.reduce((sum: number, s: { perDay: { value: number } }) => sum + s.perDay.value, 0);
    expect(perDay).toBeCloseTo(200.4e12, -3);
    // 10,000/s × 10 ms = 100 cores; servers of 4: 25 at 100 %.
    const servers = estimate.components.find((c: { id: string }) => c.id === 'servers');
    expect(servers.cores.value).toBeCloseTo(100, 9);
    expect(servers.instancesNeededAtFull.value).toBe(25);
  });

  it('says which rates are averages, and how each number came about, once', () => {
    const design = write('explained.sysd', CLEAN);
    const { out } = sysd(['estimate', design, '--explain']);
    expect(out).toMatch(
      /^Component +average +peak +reads, +writes, +cores +instances +needed at +needed at +utilisation\n +rate +rate +average +average +at peak +peak, 100 % +peak, target +at peak\n/m,
    );
    const lines = out.slice(out.indexOf('How each number')).trim().split('\n').slice(1);
    const top = lines.filter((l) => !l.startsWith(' '));
    expect(new Set(top).size).toBe(top.length);
    expect(top[0]).toMatch(/^peak rate of Ask: 231.481\/s = average × users.peak$/);
  });

  it('explains what is not estimated by what it lacks', () => {
    const design = write('rateless.sysd', CLEAN.replace(' at 10/day each', ''));
    const { out } = sysd(['estimate', design, '--explain']);
    expect(out).toMatch(/^peak rate of Ask: not estimated: .*Ask/m);
    expect(out).toMatch(/^utilisation of api at peak: not estimated: /m);
  });

  it('writes CSV with one figure a row, and Markdown', () => {
    const design = write('tables.sysd', `let factor = 2 * 3\n${CLEAN}`);
    const { out, err, code } = sysd(['estimate', design, '--format', 'csv']);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    const rows = out.trimEnd().split('\n');
    expect(rows[0]).toBe('element,quantity,value,unit,derivation,system,scenario');
    // 1 M users × 10 a day ÷ 86,400 s, twice that at peak; 10 ms each: 2.3 cores.
    expect(rows).toContain(`Ask,average rate,${1e7 / 86_400},1/s,at × users.daily-active (at: 10/day; users.daily-active: 1M),Clean,`);
    const cores = rows.find((r) => r.startsWith('api,cores at peak,'))?.split(',')[2];
    expect(Number(cores)).toBeCloseTo((2e7 / 86_400) * 0.01, 9);
    expect(rows.find((r) => r.startsWith('api,bytes in at peak,'))).toMatch(/^api,bytes in at peak,,,/);
    expect(rows.some((r) => r.startsWith('api,"instances needed at peak, at max-utilization",1,1,"peak rate ÷'))).toBe(true);
    const markdown = sysd(['estimate', design, '--format', 'markdown']).out;
    expect(markdown).toMatch(/^# Estimate of Clean\n/);
    expect(markdown).toContain('| api | 115.74/s | 231.48/s |');
  });

  it('says what it lacks, and evaluates scenarios', () => {
    const design = write('lacking.sysd', `${CLEAN.replace('cpu-time: 10 ms, ', '')}scenario "Ten times" { users.peak: 20x }\n`);
    expect(sysd(['estimate', design]).out).toContain('api has no cpu-time');
    expect(sysd(['estimate', design, '--scenario', 'Ten times']).out).toContain('2,314.81/s');
    const unknown = sysd(['estimate', design, '--scenario', 'Nine times']);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('did you mean "Ten times"? There is "Ten times"');
  });
});

describe('sysd availability', () => {
  const valid = schema('availability');
  it.each(['scaled-web-app/shop.sysd', 'sharded-shop/shop.sysd', 'twitter-feed/feed.sysd'])(
    '%s: the JSON output fits its schema',
    (design) => {
      for (const more of [[], ['--explain'], ['--fail', 'names']]) {
        const { out, err } = sysd(['availability', design, '--format', 'json', ...more], join(root, 'examples'));
        expect(err).toBe('');
        const parsed = JSON.parse(out);
        expect(valid(parsed) || valid.errors).toBe(true);
      }
    },
  );

  const measured = CLEAN.replace('replicas: 2, mode', 'availability: 99.9%, replicas: 2, mode').replace(
    'cpu-time',
    'availability: 99%, cpu-time',
  );
  it('exits 1 where an objective is missed, 2 where it cannot run', () => {
    const design = (slo: string) => write('measured.sysd', measured.replace('lb -> api\n', `lb -> api\n  slo: availability >= ${slo}\n`));
    const met = sysd(['availability', design('99.9%')]);
    expect(met.code).toBe(0);
    expect(met.out).toContain('availability >= 99.9%: met');
    const missed = sysd(['availability', design('99.9999%')]);
    expect(missed.code).toBe(1);
    expect(missed.out).toContain('availability >= 99.9999%: missed');
    expect(sysd(['availability', design('99.9%'), '--fail', 'api 1']).code).toBe(0);
    expect(sysd(['availability', design('99.9%'), '--fail', 'lb']).code).toBe(1);
    const wrong = sysd(['availability', design('99.9%'), '--fail', 'apj']);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('--fail apj: nothing is called apj, but a component, region or zone is due here; did you mean api?');
    expect(sysd(['availability', 'nothing.sysd']).code).toBe(2);
  });

  it('says why a flow has failed already, and leaves out what is never down', () => {
    const design = write(
      'down.sysd',
      measured.replace('loadbalancer lb', 'dns names: route53\nloadbalancer lb').replace('users -> lb', 'users -> names -> lb'),
    );
    const down = sysd(['availability', design, '--fail', 'lb']);
    expect(down.out).toContain('it has failed because 2 of 2 instances of lb are down');
    const [{ flows }] = JSON.parse(sysd(['availability', design, '--fail', 'lb', '--format', 'json']).out);
    expect(flows[0].failedAlready).toContain('2 of 2 instances of lb are down');
    expect(sysd(['availability', design, '--fail', 'lb', '--format', 'markdown']).out).toContain('**It has failed**');
    const { out } = sysd(['availability', design]);
    expect(out).toMatch(/alone +1: names \(never down: its availability is said to be 100 %\)/);
    expect(out.slice(out.indexOf('contributes most'))).not.toContain('names');
  });

  it('says how many times too much an objective is missed by', () => {
    const design = write(
      'far-off.sysd',
      measured.replace('lb -> api\n', 'lb -> api\n  slo: availability >= 99.9999%\n').replaceAll('99.9%', '90%'),
    );
    // 10 % × 10 % of the pair: 1 % down, of 0.0001 % allowed.
    expect(sysd(['availability', design]).out).toMatch(/missed, 10,\d+(\.\d+)? times what it allows, 0.53 min a year/);
  });

  it('says what cannot carry the peak, as the figures leave overload out', () => {
    const said = 'above its max-utilization of 70 %, even with everything up; the figures above are as if it carried the peak';
    const design = write('overloaded.sysd', measured.replace('cpu-time: 10 ms', 'cpu-time: 100 ms'));
    expect(sysd(['availability', design]).out).toMatch(/over capacity api runs at .* of its capacity at peak, above/);
    expect(sysd(['availability', design, '--format', 'markdown']).out).toContain(said);
    expect(JSON.parse(sysd(['availability', design, '--format', 'json']).out)[0].flows[0].overCapacity).toEqual(['api']);
    expect(sysd(['availability', write('carried.sysd', measured)]).out).not.toContain('over capacity');
    const down = sysd(['availability', design, '--fail', 'lb 1', '--format', 'markdown']).out;
    expect(down).toContain('above its max-utilization of 70 %, with what the failure leaves; the figures above');
  });

  // Both of two of 99 % are down 1 % × 1 % of the time: 99.99 %. All of three: 99.9999 %.
  const paid = (slo: string, more = '') => `system Paid
client users { daily-active: 1M }
loadbalancer lb { replicas: 2, mode: active-passive, failover: automatic, availability: 99%, cost: 70 USD/month per node }
service api { managed: yes, availability: 100% }
flow Ask from users at 10/day each {
  users -> lb -> api
  slo: availability >= ${slo}
}
${more}`;

  it('says which changes bring a flow to an objective that it misses, and what they cost', () => {
    const design = write('paid.sysd', paid('99.995%'));
    const { out } = sysd(['availability', design]);
    expect(out).toContain('to 99.995%    one change, 99.9999 %; cost: +70 USD/month');
    expect(out).toMatch(/Run 3 replicas of lb +99\.9999 % +\+70 USD\/month/);
    expect(sysd(['availability', design, '--format', 'markdown']).out).toContain('| Run 3 replicas of lb | 99.9999 % | +70 USD/month |');
    const json = JSON.parse(sysd(['availability', design, '--format', 'json']).out);
    expect(valid(json) || valid.errors).toBe(true);
    const { improvements } = json[0].flows[0].objectives[0];
    expect(improvements).toMatchObject({ met: true, bounded: false, designsComputed: 1 });
    expect(improvements.path).toEqual(improvements.changes);
    expect(improvements.path[0].edits).toEqual([{ element: 'lb', property: 'replicas', value: '3' }]);
    expect(improvements.path[0].unavailability.value).toBeCloseTo(1e-6, 12);
    expect(sysd(['availability', design, '--fail', 'lb 1']).out).not.toContain('to 99.995%');
  });

  it('says what is left where no path is found', () => {
    const text = paid('99.995%').replace('availability: 100%', 'availability: 99.99%');
    const { out } = sysd(['availability', write('limited.sysd', text)]);
    expect(out).toContain(
      'no path found; with one change, 99.9899 %; left is api (down 0.01 % of the time, decisive in 99 % of the downtime)',
    );
  });

  it('is a finding of `sysd check` as well, which can be accepted', () => {
    const missed = sysd(['check', write('missed.sysd', paid('99.995%'))]);
    expect(missed.code).toBe(1);
    expect(missed.out).toContain('missed.sysd:7:3 error objective-missed: Ask comes to 99.99 %, below its objective of 99.995 %');
    const accept = 'accept objective-missed on Ask because "The third comes in May"';
    const accepted = sysd(['check', write('accepted.sysd', paid('99.995%', accept))]);
    expect(accepted).toMatchObject({ code: 0, out: expect.stringContaining('accepted: objective-missed on Ask: The third comes in May') });
    const kept = sysd(['check', write('kept.sysd', paid('99.9%', accept))]);
    expect(kept.out).toContain('kept.sysd:9:1 warning unused-accept: Nothing to accept: there is no finding objective-missed on Ask.');
  });

  it('writes Markdown in which names cannot become markup', () => {
    const design = write('marked.sysd', measured.replace('system Clean', 'system Clean "a | *b* <i>"'));
    const { out } = sysd(['availability', design, '--format', 'markdown']);
    expect(out).toContain('# Availability of a \\| \\*b\\* \\<i\\>');
    const rows = out.split('\n').filter((l) => l.startsWith('| Ask'));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.replaceAll('\\|', '').split('|')).toHaveLength(8);
  });
});

describe('--fail', () => {
  const valid = schema('check');
  it('says what fails and what goes on, and exits 1 where a flow does not', () => {
    const design = write('failing.sysd', CLEAN);
    const one = sysd(['check', design, '--fail', 'api 1', '--fail-on', 'error']);
    expect(one.out).toMatch(/^Clean, with api 1 failed:\n/);
    expect(one.out).toMatch(/Ask +degraded +1 of 3 instances of api is down/);
    expect(one).toMatchObject({ code: 0, err: '' });
    const all = sysd(['check', design, '--fail', 'api', '--format', 'json']);
    expect(all.code).toBe(1);
    const parsed = JSON.parse(all.out);
    expect(valid(parsed) || valid.errors).toBe(true);
    expect(parsed.effects).toEqual([
      {
        system: 'Clean',
        failed: ['api'],
        flows: [
          {
            flow: 'Ask',
            completion: false,
            state: 'fails',
            reasons: [{ element: 'api', text: '3 of 3 instances of api are down' }],
            without: 'unaffected',
            failing: 1,
          },
        ],
      },
    ]);
    expect(sysd(['check', design, '--fail', 'api', '--fail-on', 'never']).code).toBe(0);
    expect(sysd(['check', design, '--fail', 'apj'])).toMatchObject({ code: 2, out: '' });
    expect(sysd(['estimate', design, '--fail', 'api 1']).out).toMatch(/^Clean, with api 1 failed\n/);
  });

  it('tells what else must not fail now, and not what is so without the failure', () => {
    const design = write('twice.sysd', CLEAN.replace(', health: http "/healthz"', ''));
    expect(sysd(['check', design]).out).toContain('missing-health-check');
    const { out, code } = sysd(['check', design, '--fail', 'lb 1']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /New with the failure[^\n]*\n {2}twice.sysd:3:\d+ single-point-of-failure: The instance of lb that is left is a single/,
    );
    expect(out).not.toContain('missing-health-check');
    const parsed = JSON.parse(sysd(['check', design, '--fail', 'lb 1', '--format', 'json']).out);
    expect(valid(parsed) || valid.errors).toBe(true);
    expect(parsed.findings).toMatchObject([{ rule: 'single-point-of-failure', element: 'lb', newWithFailure: true }]);
    expect(sysd(['check', design, '--fail', 'api']).out).toContain('No finding is new with the failure');
  });

  it('does not blame the failure for what was overloaded before, and blames it for what was not', () => {
    const full = (cpu: string) => write('full.sysd', CLEAN.replace('cpu-time: 10 ms', `cpu-time: ${cpu}`));
    // 231/s at peak on 3 × 4 cores: 100 ms each is 193 %.
    const before = sysd(['check', full('100 ms'), '--fail', 'lb 1']);
    expect(before.out).toMatch(/Ask +OVERLOADED +already so without the failure; with it:\n/);
    expect(before.code).toBe(0);
    // 30 ms each is 58 %, and 87 % without one of the three.
    const after = sysd(['check', full('30 ms'), '--fail', 'api 1']);
    expect(after.out).toMatch(/Ask +OVERLOADED +/);
    expect(after.out).not.toContain('already so');
    expect(after.code).toBe(1);
  });

  it('exits 1 where the text has errors, and shows them', () => {
    const design = write('faulty-text.sysd', `${CLEAN}service spare { cpu-time: 1 MB }\n`);
    const { out, code } = sysd(['check', design, '--fail', 'api 1']);
    expect(code).toBe(1);
    expect(out.indexOf('Clean, with api 1 failed')).toBeLessThan(out.indexOf('error unit-mismatch'));
  });

  it('names nothing that cannot fail', () => {
    const zones = CLEAN.replace('client users', 'region eu { zones: a }\nregion us { zones: a }\nclient users');
    const design = write('impossible.sysd', zones);
    const said = (fail: string) => sysd(['check', design, '--fail', fail]).err;
    expect(said('api 9999')).toContain('--fail api 9999: 9999 instances of api cannot fail: api has 3 instances');
    expect(said('users')).toContain('users is a client: who asks never fails');
    expect(said('a')).toContain('did you mean eu.a or us.a?');
    expect(said('lb@us')).toContain('lb has no copies');
  });

  it('evaluates scenarios, and says what fails in them', () => {
    const design = write('scenes.sysd', `${CLEAN}scenario "Sale" { users.peak: 100x }\nscenario "Loss" { fail lb }\n`);
    const sale = sysd(['check', design, '--scenario', 'Sale']);
    expect(sale.out).toContain('over-capacity');
    expect(sale.code).toBe(1);
    const loss = sysd(['check', design, '--scenario', 'Loss']);
    expect(loss.out).toMatch(/^Clean, scenario "Loss", with lb failed:\n/);
    expect(loss.code).toBe(1);
    expect(sysd(['check', design, '--scenario', 'Lost'])).toMatchObject({ code: 2, out: '' });
    const part = sysd(['check', write('no-design.sysd', 'service api\n'), '--fail', 'api']);
    expect(part).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no-design.sysd is not a design') });
  });

  it('does not call an accept unused because what it is about has failed', () => {
    const accepted = write('accepted-and-failed.sysd', `${FAULTY}accept single-point-of-failure on lb because "a lab"\n`);
    const { out } = sysd(['check', accepted, '--fail', 'lb']);
    expect(out).toMatch(/Ask +FAILS/);
    expect(out).not.toContain('unused-accept');
  });
});

describe('a folder', () => {
  const folder = (name: string, files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(scratch, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(scratch, name, file), text);
    return name;
  };
  const other = CLEAN.replace('system Clean', 'system Other').replaceAll('api', 'web');

  it('with one broken design still gives the others', () => {
    const mixed = folder('mixed', { 'a.sysd': CLEAN, 'b.sysd': `${CLEAN}service {\n`, 'c.sysd': other, 'part.sysd': 'service alone\n' });
    for (const command of ['estimate', 'availability']) {
      const { code, out, err } = sysd([command, mixed]);
      expect(code).toBe(2);
      expect(out).toMatch(/^Clean\n[\s\S]*\nOther\n/);
      expect(err).toMatch(/^left out: mixed\/b.sysd has \d errors?; `sysd check mixed\/b.sysd` shows them/);
      expect(err).toContain('left out: mixed/part.sysd has no `system NAME` line');
    }
  });

  it('leaves out designs that have nothing of that name, and fails where none has', () => {
    const two = folder('two', { 'a.sysd': CLEAN, 'b.sysd': other });
    for (const command of ['check', 'estimate', 'availability']) {
      const { code, out, err } = sysd([command, two, '--fail', 'api 1']);
      expect([code, err]).toEqual([0, expect.stringMatching(/^left out: --fail api 1: nothing is called api.* \(in two\/b.sysd\)\n$/)]);
      expect(out).toContain('Clean, with api 1 failed');
      expect(out).not.toContain('Other');
      const none = sysd([command, two, '--fail', 'db']);
      expect(none).toMatchObject({ code: 2, out: '' });
      expect(none.err).toContain('(in two/a.sysd, two/b.sysd)');
    }
  });

  it('that holds one design stands for it, and several are named', () => {
    const one = folder('one', { 'main.sysd': `import "./part.sysd"\n${CLEAN}`, 'part.sysd': 'service spare\n' });
    const two = folder('both', { 'a.sysd': CLEAN, 'b.sysd': other });
    expect(sysd(['render', one]).out).toContain('<svg');
    expect(sysd(['export', 'open-psa', one]).out).toContain('<opsa-mef>');
    for (const args of [
      ['render', two],
      ['export', 'open-psa', two],
      ['export', 'compose', two, '--out', 'nowhere'],
    ]) {
      const { code, out, err } = sysd(args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('both holds 2 designs; name one of them: both/a.sysd, both/b.sysd');
    }
  });

  it('a file of another kind is no design', () => {
    writeFileSync(join(scratch, 'README.md'), '# Read me\n');
    const { code, err } = sysd(['availability', 'README.md']);
    expect(code).toBe(2);
    expect(err).toBe('sysd: README.md is no .sysd file: sysd reads designs written in files named *.sysd\n');
  });
});

describe('sysd render and export', () => {
  it('never replaces a file that sysd did not write unless told to', () => {
    const design = write('drawn.sysd', CLEAN);
    writeFileSync(join(scratch, 'mine.svg'), '<svg>mine</svg>');
    const refused = sysd(['render', design, '-o', 'mine.svg']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('sysd did not write it');
    expect(readFileSync(join(scratch, 'mine.svg'), 'utf8')).toBe('<svg>mine</svg>');
    expect(sysd(['render', design, '-o', 'new.svg']).code).toBe(0);
    expect(sysd(['render', design, '-o', 'new.svg', '--theme', 'dark']).code).toBe(0);
    expect(sysd(['render', design, '-o', 'mine.svg', '--force']).code).toBe(0);
    mkdirSync(join(scratch, 'mine'));
    const folder = sysd(['render', design, '-o', 'mine', '--force']);
    expect([folder.code, folder.err]).toEqual([2, expect.stringContaining('mine is a folder')]);
    expect(readdirSync(scratch).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(sysd(['render', design]).out).toBe(sysd(['render', design]).out);
  });

  it('writes all of an export or nothing, and keeps secrets', () => {
    const design = write(
      'stack.sysd',
      `${CLEAN}database db: postgres { replicas: 3, failover: automatic }\napi -> db\nflow Store from users at 1/day each {\n  users -> lb -> api\n  api -> db write 1 KB\n}\n`,
    );
    mkdirSync(join(scratch, 'taken'));
    writeFileSync(join(scratch, 'taken/docker-compose.yml'), 'services: {}\n');
    const refused = sysd(['export', 'compose', design, '--out', 'taken']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('docker-compose.yml');
    expect(readdirSync(join(scratch, 'taken'))).toEqual(['docker-compose.yml']);

    expect(sysd(['export', 'compose', design, '--out', 'out']).code).toBe(0);
    const secrets = readdirSync(join(scratch, 'out/secrets'));
    expect(secrets.length).toBeGreaterThan(0);
    const before = secrets.map((s) => readFileSync(join(scratch, 'out/secrets', s), 'utf8'));
    expect(sysd(['export', 'compose', design, '--out', 'out']).code).toBe(0);
    expect(secrets.map((s) => readFileSync(join(scratch, 'out/secrets', s), 'utf8'))).toEqual(before);
    const yaml = readFileSync(join(scratch, 'out/docker-compose.yml'), 'utf8');
    expect(before.some((secret) => yaml.includes(secret.trim()))).toBe(false);
    expect(statSync(join(scratch, 'out/secrets')).mode & 0o077).toBe(0);
  });

  it('writes fault trees, and says on the error output what has no probability', () => {
    const design = write('trees.sysd', CLEAN);
    const { code, out, err } = sysd(['export', 'open-psa', design, '-o', 'trees.xml']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe(
      'note: 3 events (instance:api#1, instance:api#2, instance:api#3) have no availability; they stand in the model without a probability\nwrote trees.xml\n',
    );
    const xml = readFileSync(join(scratch, 'trees.xml'), 'utf8');
    expect(xml).toContain('<define-fault-tree name="Ask">');
    expect(sysd(['export', 'open-psa', design]).out).toBe(xml);
    expect(sysd(['export', 'open-psa', design, '-o', 'trees.xml']).code).toBe(0);
    writeFileSync(join(scratch, 'theirs.xml'), '<opsa-mef/>');
    expect(sysd(['export', 'open-psa', design, '-o', 'theirs.xml']).code).toBe(2);
    const wrong = sysd(['export', 'open-psa', design, '--flow', 'Aks']);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('did you mean Ask? there is Ask');
    const deep = sysd(['export', 'open-psa', design, '-o', 'far/away/trees.xml']);
    expect(deep.err).toMatch(/\nmade the folder far\nwrote far\/away\/trees.xml\n$/);
    // 1 − 99 %, as one would write it.
    expect(xml).toContain('<label>primary:lb</label><float value="0.01"/>');
  });

  it('names what an older export has left, and leaves it', () => {
    const worker = 'worker old { replicas: 2, health: tcp, cpu-time: 1 ms }\n';
    const flow = 'flow Work from api at 1/s {\n  api -> old\n}\n';
    const design = write('grown.sysd', CLEAN + worker + flow);
    expect(sysd(['export', 'compose', design, '--out', 'grown']).err).not.toContain('warning');
    write('grown.sysd', CLEAN);
    writeFileSync(join(scratch, 'grown/config/mine.txt'), 'mine\n');
    const { code, err } = sysd(['export', 'compose', design, '--out', 'grown']);
    expect(code).toBe(0);
    expect(err).toMatch(/warning: an older export has left files that this one does not use; .*: config\/old\/standin.json\n$/);
    expect(existsSync(join(scratch, 'grown/config/old/standin.json'))).toBe(true);
  });

  it('does not draw or export a design with errors', () => {
    const broken = write('broken.sysd', `${CLEAN}service {\n`);
    expect(sysd(['render', broken, '-o', 'broken.svg']).code).toBe(2);
    expect(existsSync(join(scratch, 'broken.svg'))).toBe(false);
  });
});

describe('sysd format and explain', () => {
  it('formats in place, checks, and leaves broken files alone', () => {
    const file = write('loose.sysd', 'system   X\n\n\nservice a{replicas:2}\n');
    expect(sysd(['format', '--check', file])).toMatchObject({ code: 1, out: 'not formatted: loose.sysd\n' });
    expect(sysd(['format', file]).code).toBe(0);
    expect(readFileSync(join(scratch, file), 'utf8')).toBe('system X\n\nservice a { replicas: 2 }\n');
    expect(sysd(['format', '--check', file]).code).toBe(0);
    const broken = write('open.sysd', 'service a {\n');
    write('loose-too.sysd', 'system   Y\n');
    const mixed = sysd(['format', broken, 'loose-too.sysd']);
    expect(mixed).toMatchObject({ code: 2, out: 'formatted: loose-too.sysd\n' });
    expect(mixed.err).toContain('cannot format open.sysd');
    expect(readFileSync(join(scratch, broken), 'utf8')).toBe('service a {\n');
  });

  it('explains every id that it lists', () => {
    const ids = sysd(['explain'])
      .out.split('\n')
      .slice(2)
      .map((line) => line.split(' ')[0])
      .filter(Boolean);
    expect(ids).toContain('single-point-of-failure');
    expect(ids).toContain('syntax');
    expect(sysd(['explain', 'single-point-of-failure']).out).toContain('What to do:');
    const suggested = 'did you mean single-point-of-failure? `sysd explain` lists them all\n';
    for (const said of ['single-point-of-failur', 'spof', 'SPOF', 'point-of']) expect(sysd(['explain', said]).err).toContain(suggested);
    expect(sysd(['explain', 'cross-shard']).err).toContain('cross-shard-join or cross-shard-query?');
    expect(sysd(['explain', 'xyz']).err).toBe('sysd: there is no rule "xyz"; `sysd explain` lists them all\n');
  });
});
