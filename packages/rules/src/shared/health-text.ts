import { formatQuantity, type PropertyValue, TIME } from '@sysd/core';

/** What of a health check is to be otherwise than it is. */
interface Changes {
  /** As written: `5 s`. */
  readonly every?: string;
  /** Names of the dependencies that it asks. */
  readonly checks?: readonly string[];
}

/** A value of `health` as source text, for a fix that changes a part of it. */
export function healthText({ probe, every, threshold, checks = [] }: PropertyValue<'health'>, changes: Changes): string {
  const interval = changes.every ?? (every && (every.text ?? formatQuantity(every.value, TIME)));
  const asked = changes.checks ?? checks.map((c) => c.name);
  return [
    'http' in probe ? `http ${quoted(probe.http.text)}` : 'command' in probe ? `command ${quoted(probe.command.text)}` : 'tcp',
    ...(interval === undefined ? [] : [`every ${interval}`]),
    ...(threshold ? [`threshold ${threshold.text ?? threshold.value}`] : []),
    ...(asked.length > 0 ? [`checks ${asked.join(', ')}`] : []),
  ].join(' ');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
