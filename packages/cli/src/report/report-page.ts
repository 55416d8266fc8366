import { shortName } from '../files.ts';
import { availabilityBlocks } from '../formatters/availability-blocks.ts';
import type { Block } from '../formatters/blocks.ts';
import { designTitle } from '../formatters/design-title.ts';
import { effectsTable } from '../formatters/effects-text.ts';
import { estimateParts } from '../formatters/estimate-parts.ts';
import type { Part, Topic } from '../formatters/parts.ts';
import { scenariosParts } from '../formatters/scenarios-parts.ts';
import { oneWaterfallText, waterfalls } from '../formatters/waterfall-text.ts';
import { assumptionBlocks } from './assumptions.ts';
import { derivationBlocks } from './derivations.ts';
import { type DrawnReport, loadDrawing, overviewDrawing } from './drawings.ts';
import { acceptedBlocks, type FindingPlaces, findingBlocks } from './findings.ts';
import { glanceOf } from './glance.ts';
import { objectiveBlocks } from './objectives.ts';
import type { ReportAnswer } from './report-answer.ts';
import { summaryText } from './summary.ts';

/** A report in its parts, whatever its form. */
export interface ReportPage {
  readonly title: string;
  /** Paragraphs in which the author says what the design is. */
  readonly doc: readonly string[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** How a report was made. */
export interface Made {
  /** The command that makes it again. */
  readonly command: string;
  readonly version: string;
  /** As given; there is no clock in a report. */
  readonly date?: string;
  /** Files that it is of. */
  readonly files: readonly string[];
}

/** The report of a design, in the order in which a review reads it. Sections of which there is nothing to say are left out. */
export function reportPage(answer: ReportAnswer, drawn: DrawnReport, places: FindingPlaces, made: Made): ReportPage {
  const { estimate, availability, failure, scenarios } = answer;
  const { design } = estimate;
  const parts = byTopic(estimateParts(estimate).parts);
  const of = (topic: Topic): Block[] => [...(parts.get(topic) ?? [])];
  const section = (id: string, title: string, blocks: readonly Block[]): ReportSection[] =>
    blocks.length > 0 ? [{ id, title, blocks }] : [];
  const sections = [
    ...section('summary', 'Summary', [{ text: summaryText(answer) }, { glance: glanceOf(answer) }]),
    ...section('diagram', 'Diagram', overviewDrawing(drawn)),
    ...section('failure', 'With what has failed', failure ? [{ table: effectsTable(failure.flows) }] : []),
    ...section('objectives', 'Objectives', objectiveBlocks(answer)),
    ...section('findings', failure ? 'Findings that are new with the failure' : 'Findings', findingBlocks(answer, places)),
    ...section('accepted', 'Accepted findings', acceptedBlocks(answer, places)),
    ...section('traffic', 'Traffic', of('traffic')),
    ...section('sizes', 'Sizes', of('sizes')),
    ...section('headroom', 'Headroom', [...of('headroom'), ...loadDrawing(drawn)]),
    ...section('latency', 'Latency', [...of('latency'), ...waterfallBlocks(answer)]),
    ...section('availability', 'Availability', design.flows.size > 0 ? availabilityBlocks(availability) : []),
    ...section('storage', 'Storage', of('storage')),
    ...section('limits', 'Bandwidth and other limits', of('limits')),
    ...section('growth', 'Growth', of('growth')),
    ...section('cost', 'Cost', parts.has('cost') ? of('cost') : [{ text: 'Not estimated: no component has a price (cost).' }]),
    ...section('scenarios', 'Scenarios', scenarioBlocks(scenarios)),
    ...section('expectations', 'Expectations', of('expectations')),
    ...section('assumptions', 'Assumptions', assumptionBlocks(answer, of('missing'))),
    ...section('derivations', 'How each number came about', derivationBlocks(answer)),
    ...section('made', 'How this report was made', madeBlocks(made)),
  ];
  const doc = (design.doc ?? '').split(/\n\s*\n/).flatMap((paragraph) => paragraph.trim().replaceAll(/\s*\n\s*/g, ' ') || []);
  return { title: designTitle(design), doc, sections };
}

/** A part without a topic stands with the one before it: what an estimate comes to say is in the report by itself. */
function byTopic(parts: readonly Part[]): ReadonlyMap<Topic, readonly Part[]> {
  const found = new Map<Topic, Part[]>();
  let topic: Topic = 'traffic';
  for (const part of parts) {
    topic = part.topic ?? topic;
    found.set(topic, [...(found.get(topic) ?? []), part]);
  }
  return found;
}

function waterfallBlocks({ estimate }: ReportAnswer): Block[] {
  const all = waterfalls(estimate);
  if (all.length === 0) return [];
  const charts = all.map((w) => ({
    heading: w.name,
    blocks: [{ chart: w.table, asText: oneWaterfallText(w) }, ...(w.more > 0 ? [{ text: `${w.more} further steps are not shown.` }] : [])],
  }));
  return [{ heading: 'Where the time goes, in the mean at peak', blocks: charts }];
}

function scenarioBlocks(scenarios: ReportAnswer['scenarios']): readonly Block[] {
  if (!scenarios) return [];
  return 'notCompared' in scenarios ? [{ text: `Not compared: ${scenarios.notCompared}.` }] : scenariosParts(scenarios).parts;
}

const madeBlocks = ({ command, version, date, files }: Made): Block[] => [
  { verbatim: command },
  {
    lines: [
      `sysd ${version}`,
      ...(date === undefined ? [] : [`Date: ${date}`]),
      `From ${files.map(shortName).join(', ')}`,
      'All numbers follow from these files and from the defaults under Assumptions. The same files give the same report.',
    ],
  },
];
