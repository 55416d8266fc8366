import { type Estimate, isFigure, type Span } from '@sysd/core';
import { type InlayHint, InlayHintKind, MarkupKind } from 'vscode-languageserver';
import type { Assessment } from '../../assess.ts';
import { derivation, ratioText, valueText } from '../markdown/text.ts';
import type { Place } from '../session/session.ts';
import { blocksOf, type Snapshot } from '../text/snapshot.ts';
import { declaredBetween } from './declared-between.ts';

/** Where a span of the design stands in the newest text; undefined where it has been edited since. */
export type Locator = (span: Span) => Place | undefined;

/**
 * Peak rate and utilisation behind the name of a component, the peak rate behind a step, between two offsets. Says nothing where nothing is
 * known. O(what stands there).
 */
export function inlayHints(snapshot: Snapshot, assessment: Assessment, locator: Locator, from: number, to: number): InlayHint[] {
  const { design, analysis } = assessment;
  const hints: InlayHint[] = [];
  const declared = declaredBetween(blocksOf(snapshot), design, from, to);
  const add = (span: Span, parts: readonly (string | undefined)[], why: readonly Estimate[]): void => {
    const label = parts.filter((p) => p !== undefined).join(' · ');
    const at = label === '' ? undefined : locator(span);
    if (at?.uri !== snapshot.uri || at.end < from || at.end > to) return;
    const written = new Set<string>();
    const derivations = why.filter(isFigure).map((figure) => derivation(figure, written));
    hints.push({
      position: snapshot.document.positionAt(at.end),
      label,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      tooltip: { kind: MarkupKind.Markdown, value: derivations.join('\n\n') },
    });
  };
  for (const component of declared.components) {
    const load = analysis.traffic.components.get(component.id);
    if (!load) continue;
    const { peak } = load.total;
    const used = component.kind === 'client' ? undefined : load.utilization;
    const share = isFigure(used) ? [used] : [];
    const utilization = isFigure(used) ? ratioText(used) : undefined;
    if (isFigure(peak) && peak.value > 0) add(component.nameSpan, [valueText(peak), utilization], [peak, ...share]);
  }
  for (const flow of declared.flows) {
    const traffic = analysis.traffic.flows.get(flow.id);
    /** The last hop of a line stands for it. */
    const byLine = new Map<string, number>();
    for (const hop of flow.hops) byLine.set(`${hop.lineSpan.block.offset} ${hop.lineSpan.start}`, hop.index);
    for (const index of byLine.values()) {
      const peak = traffic?.hops[index]?.rate.peak;
      if (isFigure(peak)) add(flow.hops[index]!.lineSpan, [valueText(peak)], [peak]);
    }
  }
  return hints;
}
