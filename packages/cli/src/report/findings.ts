import { type Diagnostic, SEVERITIES, type Severity } from '@sysd/core';
import { documentationUrl } from '@sysd/rules';
import type { Block, FindingBlock } from '../formatters/blocks.ts';
import { frame, lineReader, placeText, type TextOptions } from '../formatters/check-text.ts';
import type { ReportAnswer } from './report-answer.ts';

/** Where findings are, in words. */
export type FindingPlaces = Pick<TextOptions, 'locate' | 'nameFile' | 'source'>;

/** Open findings, the gravest first; that there are none is said. */
export function findingBlocks({ findings, failure }: ReportAnswer, places: FindingPlaces): Block[] {
  const open = findings.filter((d) => d.accepted === undefined);
  if (open.length === 0)
    return [
      { text: failure ? 'None: the design without the failure has the same findings.' : 'None: no rule finds fault with the design.' },
    ];
  const shown = shower(places);
  return SEVERITIES.flatMap((severity): Block[] => {
    const of = open.filter((d) => d.severity === severity);
    return of.length === 0 ? [] : [{ heading: countText(of.length, severity), blocks: of.map((d) => ({ finding: shown(d) })) }];
  });
}

/** Findings that the author has accepted, with the reasons. */
export function acceptedBlocks({ findings }: ReportAnswer, places: FindingPlaces): Block[] {
  const shown = shower(places);
  return findings.flatMap((d) => (d.accepted === undefined ? [] : [{ finding: shown(d) }]));
}

function shower(places: FindingPlaces): (d: Diagnostic) => FindingBlock {
  const linesOf = lineReader(places.source);
  return (d) => ({
    rule: d.rule,
    url: documentationUrl(d.rule),
    severity: d.severity,
    place: placeText(d, places),
    message: d.message,
    frame: d.accepted === undefined ? frame(d, places, linesOf).map((line) => line.slice(2)) : [],
    because: (d.related ?? []).map((r) => `${r.message} (${placeText(r, places)})`),
    fixes: (d.fixes ?? []).map((f) => f.title),
    ...(d.accepted === undefined ? {} : { accepted: d.accepted }),
  });
}

/** `2 errors`, `1 info`. */
export const countText = (n: number, severity: Severity): string => `${n} ${severity}${n === 1 || severity === 'info' ? '' : 's'}`;
