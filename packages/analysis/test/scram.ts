import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BooleanDag } from '../src/reliability/exact/boolean-dag.ts';
import { openPsa } from '../src/reliability/exact/open-psa.ts';

// SCRAM (GPL, never shipped) as an independent judge of fault trees. For tests and benchmarks only.

const SCRAM = 'scram';

export const scramInstalled = spawnSync(SCRAM, ['--version']).status === 0;
export const NOT_INSTALLED = 'not run: SCRAM is not installed (apt-get install scram)';

/** SCRAM computes with complements: what it says is not better than this in absolute terms. */
export const ROUNDING = 1e-15;

/** One model out of many, so that SCRAM starts once: the names of model i begin with `t<i>-`. */
function merged(models: readonly string[]): string {
  const parts = models.map((model, i) => {
    const own = model.replaceAll(' name="', ` name="t${i}-`);
    const [, tree = '', data = ''] =
      /(<define-fault-tree[\s\S]*<\/define-fault-tree>)\s*<model-data>([\s\S]*)<\/model-data>/.exec(own) ?? [];
    return { tree, data };
  });
  return `<?xml version="1.0"?><opsa-mef>${parts.map((p) => p.tree).join('\n')}<model-data>${parts.map((p) => p.data).join('')}</model-data></opsa-mef>`;
}

/** SCRAM's report of a model. */
export function scramReport(model: string, options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sysd-scram-'));
  try {
    writeFileSync(join(folder, 'model.xml'), model);
    const out = join(folder, 'report.xml');
    const run = spawnSync(SCRAM, ['--bdd', '--limit-order', '3', ...options, '-o', out, join(folder, 'model.xml')], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`scram: ${run.stderr}`);
    return readFileSync(out, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** SCRAM's report of each of the models. */
export function scram(models: readonly string[], options: readonly string[], section: string): string[] {
  const report = scramReport(merged(models), options);
  const found = new Map<string, string>();
  const pattern = new RegExp(`<${section} name="(t\\d+)-top"([^>]*/>|[\\s\\S]*?</${section}>)`, 'g');
  for (const [, name = '', body = ''] of report.matchAll(pattern)) found.set(name, body);
  return models.map((_, i) => {
    const body = found.get(`t${i}`);
    if (body === undefined) throw new Error(`scram says nothing about model ${i}`);
    return body;
  });
}

/** Cut sets of a report, as the events' indices in the DAG. */
export function cutSetsIn(report: string): string[] {
  const products = report.matchAll(/<product order="[^"]*"[^>]*?(?:\/>|>([\s\S]*?)<\/product>)/g);
  return [...products]
    .map(([, body = '']) => [...body.matchAll(/basic-event name="t\d+-e(\d+)"/g)].map((m) => Number(m[1]) - 1).sort((a, b) => a - b))
    .map((events) => events.join(' '))
    .sort();
}

/**
 * Reports have six digits. So SCRAM is asked for a difference instead: the Birnbaum importance of s in (s ∧ z) ∨ (¬s ∧ top) is
 * P(z) − P(top), where P(z) is the probability found here.
 */
export function withDifference(dag: BooleanDag, q: readonly number[], value: number): string {
  const one = (name: string) => `<basic-event name="${name}"/>`;
  const top = `<define-gate name="top"><or><and>${one('s')}${one('z')}</and><and><not>${one('s')}</not><gate name="real"/></and></or></define-gate>`;
  const define = (name: string, x: number) => `<define-basic-event name="${name}"><float value="${x}"/></define-basic-event>`;
  return openPsa(dag, q)
    .replace('name="top"', 'name="real"')
    .replace('<define-fault-tree name="flow">', `<define-fault-tree name="flow">${top}`)
    .replace('</model-data>', `${define('s', 0.5)}${define('z', value)}</model-data>`);
}

/** What was found here less what SCRAM finds, of each of the models of `withDifference`. */
export function differences(models: readonly string[]): number[] {
  return scram(models, ['--probability', '1', '--importance', '1'], 'importance').map((report) => {
    const found = /<basic-event name="t\d+-s"[^>]*MIF="([^"]*)"/.exec(report);
    if (!found) throw new Error('scram reports no importance of s');
    return Number(found[1]);
  });
}
