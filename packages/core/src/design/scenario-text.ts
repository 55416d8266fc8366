import type { FailTarget, Scenario } from './design.ts';

/** As it is written after `fail`: `us.a`, `api 2`, `lb@eu`. */
export const targetText = (t: FailTarget): string =>
  `${t.element}${t.copy === undefined ? '' : `@${t.copy}`}${t.instances === undefined ? '' : ` ${t.instances}`}`;

/** What a scenario says, on a line: `users.peak: 10x; fail us.a`. */
export function scenarioText({ overrides, fails }: Scenario): string {
  const failing = fails.length > 0 ? [`fail ${fails.map(targetText).join(', ')}`] : [];
  return [...overrides.map((o) => `${o.path}: ${o.text}`), ...failing].join('; ');
}
