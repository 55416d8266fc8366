import { type Component, type Fix, property } from '@sysd/core';
import type { Input } from '../../rule.ts';
import { healthText } from '../../shared/health-text.ts';
import type { Missed } from '../../shared/recovery.ts';
import { standbyFix } from '../../shared/single-points/fixes.ts';
import { timeText } from '../../shared/time-text.ts';

export interface Subject {
  readonly component: Component;
  readonly worst: Missed;
  /** Seconds in which the strictest of the flows must be back. */
  readonly strictest: number;
}

/** The one thing that takes the time, made as short as the strictest flow wants; nothing where that is not in the hands of the design. */
export function recoveryFixes({ component, worst: { recovery }, strictest }: Subject, input: Input): Fix[] {
  if (recovery.by === 'hand') return recovery.longest === 'hand' ? standbyFix(component, input) : [];
  const { names } = recovery;
  if (names && recovery.time < strictest) {
    const value = timeText(strictest - recovery.time);
    return [
      {
        title: `Let clients of ${names.component.id} ask again after ${value}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: names.component.id, property: 'ttl', value }],
      },
    ];
  }
  return recovery.longest === 'health' && !names ? checkFix(component, strictest) : [];
}

/** Checks as often as it takes, otherwise as they are. */
function checkFix(component: Component, strictest: number): Fix[] {
  const health = property(component.properties, 'health')?.value;
  if (!health || strictest <= 0) return [];
  const every = timeText(strictest / (health.threshold?.value ?? 1));
  const value = healthText(health, { every });
  return [
    {
      title: `Check the health of ${component.id} every ${every}`,
      preferred: true,
      edits: [{ kind: 'set-property', on: component.id, property: 'health', value }],
    },
  ];
}
