import { layoutDiagram, overview, renderSvg } from '@sysd/diagram';
import { bundledElk } from '@sysd/diagram/elk';
import type { Answer } from '../answer.ts';
import { designNamed, loadDesign } from '../designs.ts';
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
  const { design, analysis, findings } = loadDesign(designNamed(path), options);
  const model = overview(design, { traffic: analysis.traffic, findings });
  const layout = await layoutDiagram(model, { elk: bundledElk() });
  const svg = renderSvg(model, layout, { theme: options.theme, overlay: options.overlay, idPrefix: 'sysd' });
  const text = `${svg.trimEnd()}\n${MARK}\n`;
  if (options.out === undefined) return { output: text, notes: [], code: 0 };
  return { output: '', notes: writeFile(options.out, text, { force: options.force, isOurs: (old) => old.includes(MARK) }), code: 0 };
}
