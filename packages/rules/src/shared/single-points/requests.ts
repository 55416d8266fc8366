import { formatRatio, known, type SingleFailure } from '@sysd/core';
import { listed } from '../load-text.ts';

/** `every request of Browse and 10 % of the requests of Order fail`. The verb in the singular and in the plural. */
export function requestsText(singles: readonly SingleFailure[], verb: readonly [string, string]): string {
  const groups = new Map<string, string[]>();
  for (const { flow, share } of singles) {
    const value = known(share);
    const part = value === undefined ? 'requests of' : value >= 1 ? 'every request of' : `${formatRatio(value)} of the requests of`;
    groups.set(part, [...(groups.get(part) ?? []), flow]);
  }
  const parts = [...groups].map(([part, flows]) => `${part} ${listed(flows)}`);
  const single = parts.length === 1 && groups.has('every request of');
  return `${listed(parts)} ${verb[single ? 0 : 1]}`;
}
