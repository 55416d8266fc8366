import { layoutDiagram, overview, renderSvg } from '@sysd/diagram';
import { bundledElk } from '@sysd/diagram/elk';
import { loadDesign } from '../designs.ts';
import { sysdFiles } from '../files.ts';
import { writeFile } from '../write.ts';

export interface RenderOptions {
  readonly out?: string;
  readonly theme: 'light' | 'dark' | 'high-contrast';
  readonly overlay: 'none' | 'load';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  readonly force: boolean;
}

const MARK = '<!-- Made by sysd. Rendering again replaces this file. -->';

/** `sysd render`: the overview as SVG, to a file or as the output. */
export async function render(path: string, options: RenderOptions): Promise<string> {
  const [uri] = sysdFiles([path]);
  const { design, analysis, findings } = loadDesign(uri as string, options);
  const model = overview(design, { traffic: analysis.traffic, findings });
  const layout = await layoutDiagram(model, { elk: bundledElk() });
  const svg = renderSvg(model, layout, { theme: options.theme, overlay: options.overlay, idPrefix: 'sysd' });
  const text = `${svg.trimEnd()}\n${MARK}\n`;
  if (options.out === undefined) return text;
  writeFile(options.out, text, { force: options.force, isOurs: (old) => old.includes(MARK) });
  return '';
}
