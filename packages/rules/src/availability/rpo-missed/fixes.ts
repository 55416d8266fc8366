import { type Component, type Design, type Fix, property } from '@sysd/core';
import type { Input } from '../../rule.ts';
import { timeText } from '../../shared/time-text.ts';
import type { Loss } from './loss.ts';

export interface Subject {
  readonly component: Component;
  readonly loss: Loss;
  /** Seconds of writes that the strictest of the flows may lose. */
  readonly strictest: number;
}

/** The setting with which a write waits for others, where the technology has it; or backups as often as the objective says. */
export function lossFixes({ component, loss, strictest }: Subject, { design }: Input): Fix[] {
  if (loss.kind === 'backup') {
    if (strictest <= 0) return [];
    const value = `every ${timeText(strictest)}${loss.retain === undefined ? '' : ` retain ${loss.retain}`}`;
    return [
      {
        title: `Back up ${component.id} every ${timeText(strictest)}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: component.id, property: 'backup', value }],
      },
    ];
  }
  const { setting } = loss;
  if (!setting || (setting.property === 'replication' && !mayWait(design, component))) return [];
  return [
    {
      title:
        setting.property === 'replication'
          ? `Let writes to ${component.id} wait for a standby`
          : `Let a majority confirm writes to ${component.id}`,
      preferred: true,
      edits: [{ kind: 'set-property', on: component.id, property: setting.property, value: setting.value }],
    },
  ];
}

/** Whether the store can replicate synchronously: it has one primary, and its technology knows that configuration or is not named. */
export function mayWait(design: Design, component: Component): boolean {
  const mode = property(component.properties, 'mode')?.value;
  if (mode === 'multi-primary' || mode === 'active-active') return false;
  const technology = component.technology === undefined ? undefined : design.technologies.get(component.technology);
  if (!technology) return true;
  const clauses = property(technology.properties, 'consistency')?.value;
  return Array.isArray(clauses) && clauses.some((c) => c.if?.property.name === 'replication' && c.if.value.name === 'sync');
}
