import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { availability } from '../src/commands/availability.ts';
import { estimate } from '../src/commands/estimate.ts';
import { type ReportOptions, report } from '../src/commands/report.ts';
import { htmlProblems } from './html-problems.ts';

const root = join(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'sysd-report-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const feed = join(root, 'examples/twitter-feed/feed.sysd');
const faulty = join(root, 'examples/faults/limits.sysd');

const write = (name: string, text: string): string => {
  writeFileSync(join(scratch, name), text);
  return join(scratch, name);
};

async function reported(path: string, options: Partial<ReportOptions> = {}): Promise<string> {
  return (await report(path, { force: false, ...options })).output;
}

const html = (path: string, options: Partial<ReportOptions> = {}) => reported(path, { format: 'html', ...options });
const markdown = (path: string, options: Partial<ReportOptions> = {}) => reported(path, { format: 'markdown', ...options });

const HOSTILE = write(
  'hostile.sysd',
  `/// <script>alert(1)</script> ](javascript:alert(2)) \`</details>\` &amp;
///
/// ![x](http://example.org/y.png) </style>
system Evil "<script>alert(3)</script> [x](javascript:alert(4)) |pipe| </title>"
let constructor = 2
client __proto__ "<img src=x onerror=alert(5)>" { daily-active: 1M, peak: 3x }
region r { availability: 99.9%, zones: a, b }
loadbalancer lb: haproxy "'><svg onload=alert(6)>" { replicas: 2 across r, mode: active-passive, failover: automatic }
service api "\`</details><script>\`" { replicas: 1, cores: 4, cpu-time: 10 ms }
database db: postgres "]]> --> %%{init}%%" { replicas: 1 }
flow Go "<b>|x|</b>" from __proto__ at 1M/day {
  __proto__ -> lb -> api
  api -> db write 1 KB
  slo: availability >= 99.99%, p99 <= 10 ms, rto <= 1 min
}
scenario "<script>x</script> \`a\` | b" { api.replicas: 3 }
accept single-point-of-failure on api because "</p><script>alert(7)</script> [x](javascript:alert(8))"
`,
);

const SMALL = write(
  'small.sysd',
  `system Small
client users { daily-active: 1M, peak: 2x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, cores: 4, cpu-time: 10 ms, health: http "/healthz", cost: 100 USD/month per node }
flow Ask from users at 10/day each {
  users -> lb -> api
  slo: availability >= 99%, p99 <= 1 ms
}
`,
);

describe('a report', () => {
  it('has its sections in the order of a review, the same in both forms', async () => {
    const sections = [
      'Summary',
      'Diagram',
      'Objectives',
      'Findings',
      'Accepted findings',
      'Traffic',
      'Sizes',
      'Headroom',
      'Latency',
      'Availability',
      'Storage',
      'Bandwidth and other limits',
      'Cost',
      'Scenarios',
      'Assumptions',
      'How each number came about',
      'How this report was made',
    ];
    const page = await html(feed);
    expect([...page.matchAll(/<h2 id="[\w-]+">([^<]+)<\/h2>/g)].map(([, title]) => title)).toEqual(['Contents', ...sections]);
    expect([...(await markdown(feed)).matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(sections);
  });

  it('says in words what it is of', async () => {
    const page = await markdown(SMALL);
    expect(page).toContain('Small serves 1 flow, at peak: Ask at 231/s. First to saturate: api, at 5.18x the traffic.');
    expect(page).toContain('It costs 300 USD a month, not counting lb (no price).');
    expect(page).toContain('| Objectives | 0 of 2 met | 1 missed, 1 not known |');
    expect(page).toMatch(/\| Ask \| p99 \\<= 1 ms \| [\d.]+ ms \| missed \|/);
    expect(page).toContain('| max-utilization | 70% | lb, api | planning rule');
  });

  // Nothing is computed for the report: its figures are those of the other commands, cell by cell.
  it.each([feed, SMALL, join(root, 'examples/sharded-shop/shop.sysd')])(
    '%s: has every table of the estimate and the availability',
    async (path) => {
      const page = await markdown(path);
      const others = [
        estimate([path], { format: 'markdown', explain: false }).output,
        availability([path], { format: 'markdown', explain: false }).output,
      ];
      const rows = others.flatMap((text) => text.split('\n').filter((line) => line.startsWith('|')));
      expect(rows.length).toBeGreaterThan(10);
      const lines = new Set(page.split('\n'));
      expect(rows.filter((row) => !lines.has(row))).toEqual([]);
    },
  );

  it('lists every default on which a figure rests', async () => {
    const page = await markdown(feed);
    const assumptions = page.slice(page.indexOf('## Assumptions'), page.indexOf('## How each number'));
    const explained = estimate([feed], { format: 'text', explain: true }).output;
    const defaults = [...explained.matchAll(/^ +.*\.([\w-]+): (.+?) \(default(?: of [\w-]+)?: /gm)];
    expect(defaults.length).toBeGreaterThan(10);
    for (const [, property, value] of defaults) expect(assumptions).toContain(`${property} | ${value} |`);
  });

  it('is the same each time, and has the date only where it is given', async () => {
    expect(await html(feed)).toBe(await html(feed));
    expect(await markdown(SMALL)).not.toContain('Date');
    expect(await markdown(SMALL, { date: '2026-11-28' })).toContain('- Date: 2026-11-28');
  });

  it('says of each objective what has been found of it, and nothing more', async () => {
    const objectives = write(
      'objectives.sysd',
      `system S
client users { daily-active: 1M }
service api { replicas: 4, cores: 4, cpu-time: 20 ms, health: http "/healthz" every 5 s }
database d: postgres { replicas: 3, replication: async, lag: 1 min, failover: automatic, backup: every 1 day }
database e: postgres { replicas: 1, backup: every 1 day }
database f: postgres { replicas: 3, replication: async, failover: automatic, backup: every 1 day }
flow Order from users at 3/day each {
  users -> api
  api -> d write
  api -> e write
  slo: p50 <= 10 s, p99 <= 1 ms, rto <= 1 h, rto <= 1 s, rpo <= 1 s
}
flow Log from users at 3/day each {
  users -> api
  api -> f write
  slo: rpo <= 1 s
}
accept latency-objective-missed on Order because "known"
accept rpo-missed on d because "known too"
`,
    );
    const row = async (start: string) => (await markdown(objectives)).split('\n').find((line) => line.startsWith(start)) ?? '';
    expect(await row('| Order | p50')).toMatch(/\| met \| {2}\|$/);
    expect(await row('| Order | p99')).toMatch(/\| missed \| accepted: known \|$/);
    expect(await row('| Order | rto \\<= 1 h')).toMatch(/\| not estimated \| only the strictest is judged: rto \\<= 1 s \|$/);
    expect(await row('| Order | rto \\<= 1 s')).toMatch(/\| missed \| An instance of api/);
    // Of d it is accepted, of e not: what is left open is not accepted.
    expect(await row('| Order | rpo')).toMatch(/\| missed \| .*trail by 1 min.*copied away every 1 day.*accepted: known too \|$/);
    expect(await row('| Log | rpo')).toMatch(/\| not estimated \| Not checked, whether Log keeps to rpo/);
    expect(await row('| Objectives')).toBe('| Objectives | 1 of 6 met | 3 missed, 2 not known |');
    expect(await html(objectives)).toMatch(/<div class="bad"><dt>Objectives</);
  });

  it('is of a scenario, of what is set, and of a failure', async () => {
    const page = await markdown(feed, { scenario: 'Black Friday', set: ['followers=500'] });
    expect(page).toContain('# Feed, scenario "Black Friday", with followers=500: design report');
    expect(page).toContain("--format markdown --scenario 'Black Friday' --set followers=500");
    // The column of the design as it is stays what it is.
    expect(page).toContain('| all: peak rate | 555,555.56/s | 1,851,851.9/s ▲ |');
    const more = await markdown(feed, { traffic: 2 });
    expect(more).toContain('--format markdown --traffic 2\n');
    expect(more).toContain('| all: peak rate | 1,111,111.1/s |');
    const failed = await markdown(feed, { fail: ['us.a'] });
    expect(failed).toContain('## With what has failed');
    expect(failed).toContain('| PostTweet | degraded |');
    expect(failed).toContain('<br/>95 of 285 down"]');
    await expect(markdown(feed, { scenario: 'Nope' })).rejects.toThrow('there is no scenario "Nope"');
  });

  it('says how it was made, so that it can be made again', async () => {
    const of = async (options: Partial<ReportOptions>) => /^sysd report .*$/m.exec(await markdown(SMALL, options))?.[0];
    expect(await of({ date: "Ada's day", traffic: 1e26 })).toBe(
      `sysd report ${SMALL} --format markdown --traffic 1e+26 --date 'Ada'\\''s day'`,
    );
    const diagram = join(scratch, 'made.svg');
    expect(await of({ diagram })).toBe(`sysd report ${SMALL} --format markdown --diagram ${diagram}`);
  });

  it('says on which condition availabilities hold where something is over capacity', async () => {
    const page = await markdown(feed, { traffic: 3 });
    expect(page).toContain(' min down a year if its components carried the peak. ');
    expect(page).toMatch(/\| PostTweet \| availability \\>= 99.9% \| [\d.]+ % if its components carried the peak \|/);
    expect(await markdown(feed)).not.toContain('if its components carried');
  });

  it('of what is not known yet says so', async () => {
    const priced = write('priced.sysd', 'system Priced\nservice api { replicas: 2, cost: 100 USD/month }\n');
    const page = await markdown(priced);
    expect(page).toContain('Priced has no flow yet, so no traffic can be estimated. It costs 100 USD a month.');
    expect(page).toContain('| Assumptions | no default |  |');
    const unrated = write('unrated.sysd', 'system Unrated\nclient users\nservice api\nflow A from users { users -> api }\n');
    expect(await markdown(unrated)).toContain('Unrated serves 1 flow, at a rate that is not estimated. ');
  });

  it('of a design with errors says what they are', async () => {
    const broken = write('broken.sysd', 'system Broken\nservice api { replicas: }\n');
    await expect(html(broken)).rejects.toThrow(/broken.sysd has 1 error.*sysd check/);
  });
});

describe('the HTML form', () => {
  it.each([
    ['feed', feed, {}],
    ['limits', faulty, {}],
    ['hostile', HOSTILE, {}],
    ['failed', feed, { fail: ['us.a'] }],
    ['empty', write('empty.sysd', 'system Empty\n'), {}],
  ])('%s: nests, and holds nothing that runs or loads', async (_, path, options) => {
    expect(htmlProblems(await html(path, options))).toEqual([]);
  });

  it('what the check must find, it finds', () => {
    const page = (body: string) => `<!DOCTYPE html>\n<html lang="en"><body>${body}</body></html>`;
    expect(htmlProblems(page('<h1>x</h1>'))).toEqual([]);
    for (const wrong of [
      '<p><b>x</p></b>',
      '<p>a<div>b</div></p>',
      '<script>x</script>',
      '<a href="javascript:x">x</a>',
      '<a href="#no">x</a>',
      '<h1>x</h1><h3>x</h3>',
      '<th>x</th>',
      '<p style="x">x</p>',
      '<i id="a">x</i><i id="a">x</i>',
      '<p>a & b</p>',
      '<p class=x>a</p>',
      '<div>',
    ])
      expect(htmlProblems(page(wrong)), wrong).not.toEqual([]);
  });

  it('allows its own style only', async () => {
    const page = await html(HOSTILE);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">`,
    );
    expect(page.match(/<style/g)).toHaveLength(1);
  });
});

describe('the Markdown form', () => {
  it('no text of the author is markup', async () => {
    const page = await markdown(HOSTILE);
    // What stands in a fence is text; the rest has links to rules, and details of its own.
    const outside = page.replaceAll(/^( *)(`{3,})[\s\S]*?^\1\2$/gm, '');
    expect([...outside.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].every(([, url]) => url?.startsWith('https://github.com/sysd-lang/'))).toBe(true);
    const tags = [...outside.matchAll(/(?<!\\)<(\/?\w+)/g)].map(([, name]) => name);
    expect(new Set(tags)).toEqual(new Set(['details', 'summary', '/summary', '/details']));
    expect(tags.filter((t) => t === 'details')).toHaveLength(tags.filter((t) => t === '/details').length);
    expect(outside).toContain('\\<script\\>alert(7)\\</script\\> \\[x\\](javascript:alert(8))');
  });

  it('a paragraph of the author is no list and no line across', async () => {
    const documented = write('documented.sysd', '/// 1. first\n///\n/// - second\n///\n/// ---\n///\n/// 3.5 x -1\nsystem S "- S"\n');
    expect(await markdown(documented)).toContain('# \\- S: design report\n\n1\\. first\n\n\\- second\n\n\\---\n\n3.5 x -1\n\n');
  });

  it('has nothing to open that is empty', async () => {
    expect(await markdown(feed)).not.toMatch(/<\/summary>\s*<\/details>/);
  });

  it('shows the diagram as Mermaid, or as a file beside it', async () => {
    expect(await markdown(feed)).toContain('```mermaid\nflowchart LR\n');
    mkdirSync(join(scratch, 'docs'));
    const [output, diagram] = [join(scratch, 'docs/feed.md'), join(scratch, 'images/the feed.svg')];
    const { output: printed, notes } = await report(feed, { output, diagram, force: false });
    expect([printed, ...notes]).toEqual(['', `made the folder ${join(scratch, 'images')}`, `wrote ${diagram}`, `wrote ${output}`]);
    const page = readFileSync(output, 'utf8');
    expect(page).toMatch(/!\[Overview: [^\]]+\]\(\.\.\/images\/the%20feed\.svg\)/);
    expect(page).not.toContain('mermaid');
    expect(readFileSync(diagram, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n<!-- Made by sysd/);
    await expect(html(feed, { diagram })).rejects.toThrow('--diagram writes the drawing beside a Markdown report');
  });
});

it('a file that sysd did not write is not replaced', async () => {
  const output = write('mine.html', 'mine');
  await expect(report(SMALL, { output, force: false })).rejects.toThrow('is there already and sysd did not write it');
  expect(readFileSync(output, 'utf8')).toBe('mine');
  await report(SMALL, { output, force: true });
  await report(SMALL, { output, force: false }); // its own
  expect(readFileSync(output, 'utf8')).toMatch(/^<!DOCTYPE html>/);
});

it('writes the page and the drawing, or neither', async () => {
  const [mine, drawing] = [write('mine.md', 'mine'), join(scratch, 'of-mine.svg')];
  await expect(report(SMALL, { output: mine, diagram: drawing, force: false })).rejects.toThrow('mine.md is there already');
  expect(existsSync(drawing)).toBe(false);
  const both = join(scratch, 'both.md');
  await expect(report(SMALL, { output: both, diagram: both, force: true })).rejects.toThrow('both.md is named for two files; nothing');
  expect(existsSync(both)).toBe(false);
});

it('a place where nothing can be written is said', async () => {
  const inFile = join(SMALL, 'page.html');
  await expect(report(SMALL, { output: inFile, force: false })).rejects.toThrow('cannot be written: a part of its path is no folder.');
  const long = join(scratch, `${'x'.repeat(300)}.html`);
  await expect(report(SMALL, { output: long, force: false })).rejects.toThrow('cannot be written: its name is too long.');
});
