import { overview, renderSvg } from '@sysd/diagram';
import { finish, laterFindings } from '@sysd/language';
import type { Answer } from '../answer.ts';
import { designNamed, loadDesign } from '../designs.ts';
import { layoutOverview } from '../overview-layout.ts';
import { writeFile } from '../write.ts';

export interface RenderOptions {
  readonly out?: string;
  readonly theme: 'light' | 'dark' | 'high-contrast';
  readonly overlay: 'none' | 'load';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often. */
  readonly traffic?: number;
  readonly force: boolean;
}

const MARK = '<!-- Made by sysd. Rendering again replaces this file. -->';

/** `sysd render`: the overview as SVG, to a file or as the output. */
export async function render(path: string, options: RenderOptions): Promise<Answer> {
  const assessment = loadDesign(designNamed(path), options);
  const findings = [...assessment.findings, ...finish(laterFindings(assessment))];
  const model = overview(assessment.design, { traffic: assessment.analysis.traffic, findings });
  const svg = renderSvg(model, await layoutOverview(model), { theme: options.theme, overlay: options.overlay, idPrefix: 'sysd' });
  const text = `${svg.trimEnd()}\n${MARK}\n`;
  if (options.out === undefined) return { output: text, notes: [], code: 0 };
  return { output: '', notes: writeFile(options.out, text, { force: options.force, isOurs: (old) => old.includes(MARK) }), code: 0 };
}
