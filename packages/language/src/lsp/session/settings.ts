import { SEVERITIES, type Severity } from '@sysd/core';
import type { Severities } from '../../assess.ts';

/** The user's settings, `sysd.*` in an editor. */
export interface Settings {
  readonly severities: Severities;
  readonly inlayHints: boolean;
}

export const DEFAULT_SETTINGS: Settings = { severities: new Map(), inlayHints: true };

/** Reads settings as an editor sends them. What is missing or has no meaning keeps its default. */
export function readSettings(given: unknown): Settings {
  const sysd = objectOf(given);
  const rules = Object.entries(objectOf(sysd.rules)).filter(
    (entry): entry is [string, Severity | 'off'] => entry[1] === 'off' || SEVERITIES.includes(entry[1] as Severity),
  );
  const hints = objectOf(sysd.inlayHints).enabled;
  return { severities: new Map(rules), inlayHints: typeof hints === 'boolean' ? hints : DEFAULT_SETTINGS.inlayHints };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
