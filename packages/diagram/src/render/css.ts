import { FAMILIES } from './families.ts';
import {
  BAKED_THEMES,
  type BakedTheme,
  baked,
  FONT_STACK,
  plainDeclarations,
  type Theme,
  type Token,
  variableDeclarations,
} from './tokens.ts';

export const ROOT_CLASS = 'sysd-diagram';

/** Widths of load edges: one step a decade from 1 k/s. */
export const EDGE_WIDTHS: readonly number[] = [1, 1.75, 2.75, 4, 5.5];

/** Class of the root for a baked theme; two diagrams in different themes can stand on one page. */
export const themeClass = (theme: Theme): string => `sd-${theme}`;

/** Style of a drawing with a baked theme: no variables, because many viewers ignore them. */
export function bakedCss(theme: BakedTheme, failing: boolean): string {
  return rules(`.${ROOT_CLASS}.${themeClass(theme)}`, (token) => baked(theme, token), FONT_STACK, { failing, interactive: false });
}

/**
 * Style sheet for drawings of the theme `css` in a page: VS Code's variables first, then the fallbacks of the page's theme (VS Code
 * sets a `vscode-*` class on the body; elsewhere the reader's colour scheme decides).
 */
export function themeCss(): string {
  const root = `.${ROOT_CLASS}.${themeClass('css')}`;
  const [light, dark, contrast, contrastLight] = BAKED_THEMES.map(variableDeclarations);
  return [
    `${root}{${light}}`,
    `@media (prefers-color-scheme:dark){body:not([class*="vscode-"]) ${root}{${dark}}}`,
    `.vscode-dark ${root}{${dark}}`,
    `.vscode-high-contrast ${root}{${contrast}}`,
    `.vscode-high-contrast-light ${root}{${contrastLight}}`,
    rules(root, (token) => `var(--sd-${token})`, `var(--vscode-font-family, ${FONT_STACK})`, { failing: true, interactive: true }),
  ].join('\n');
}

/**
 * Style sheet of a page by itself that shows drawings of the theme `css`: light, on a screen as the reader's colour scheme says, always light on
 * paper. The page may use the variables too (`--sd-fg`).
 */
export function pageCss(): string {
  const root = `.${ROOT_CLASS}.${themeClass('css')}`;
  return [
    `:root{color-scheme:light;${plainDeclarations('light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${plainDeclarations('dark')}}}`,
    rules(root, (token) => `var(--sd-${token})`, FONT_STACK, { failing: true, interactive: false }),
    forcedColours(root),
  ].join('\n');
}

interface Parts {
  /** Something has failed in the drawing. */
  readonly failing: boolean;
  readonly interactive: boolean;
}

function rules(root: string, v: (token: Token) => string, font: string, { failing, interactive }: Parts): string {
  const lines = [
    [``, `font-family:${font};font-size:12px;-webkit-font-smoothing:antialiased`],
    [`.bg`, `fill:${v('bg')}`],
    [`.title`, `font-size:16px;font-weight:600;fill:${v('fg')}`],
    [`.lead`, `font-size:12px;fill:${v('muted')}`],
    [`.notice`, `font-size:12px;fill:${v('fg')}`],
    [`.rule`, `stroke:${v('hair')};stroke-width:1`],
    // Frames
    [`.frame`, `fill:${v('frame')};stroke:${v('hair')};stroke-width:1`],
    [`.frame.deep`, `fill:${v('frame2')}`],
    [`.frame.region`, `stroke:${v('line')};stroke-width:1.5`],
    [`.frame.zone`, `stroke:${v('line')};stroke-width:1.5;stroke-dasharray:5 4`],
    [`.frame-title`, `font-size:12px;font-weight:600;fill:${v('fg')}`],
    [`.frame-detail`, `font-size:11px;fill:${v('muted')}`],
    [`.frame-icon`, `fill:none;stroke:${v('muted')};stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round`],
    [`.on0`, `fill:${v('bg')}`],
    [`.on1`, `fill:${v('frame')}`],
    [`.on2`, `fill:${v('frame2')}`],
    // Nodes
    [`.name`, `font-size:13px;font-weight:600;fill:${v('fg')}`],
    [`.far`, `font-size:24px;font-weight:600;fill:${v('fg')};display:none`],
    [`.sub`, `font-size:11px;fill:${v('muted')}`],
    [`.value`, `font-size:11px;font-weight:600;fill:${v('fg')};font-variant-numeric:tabular-nums`],
    [`.percent`, `font-size:12px;font-weight:600;fill:${v('fg')};font-variant-numeric:tabular-nums`],
    [`.hot .sub`, `fill:${v('fg')}`],
    [`.surface`, `fill:${v('surface')}`],
    [`.outline,.back,.inner`, `fill:none;stroke:${v('line')};stroke-width:1.5;stroke-linejoin:round`],
    [`.back`, `fill:${v('surface')};stroke-width:1.25;stroke-opacity:.55`],
    [`.inner`, `stroke-width:1.25;stroke-opacity:.6`],
    [`.dashed`, `stroke-dasharray:5 4`],
    [`.inner.dashed`, `stroke-dasharray:4 3`],
    [`.inner.dotted`, `stroke-dasharray:2 3`],
    [`.tile`, `fill:${v('line')};fill-opacity:${v('tile')}`],
    [`.icon`, `fill:none;stroke:${v('muted')};stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round`],
    [`.hot .icon`, `stroke:${v('fg')}`],
    ...FAMILIES.flatMap((family) => [
      [`.${family} .outline,.${family} .back,.${family} .inner,.${family} .icon`, `stroke:${v(`k-${family}`)}`],
      [`.${family} .tile`, `fill:${v(`k-${family}`)}`],
    ]),
    [`.pill`, `fill:${v('frame2')};stroke:${v('hair')};stroke-width:1`],
    // Findings
    [`.badge-ring`, `fill:none;stroke:${v('bg')};stroke-width:4;stroke-linejoin:round`],
    [`.badge.error`, `fill:${v('error')}`],
    [`.badge.warning`, `fill:${v('warn')}`],
    [`.badge.info,.badge.accepted`, `fill:${v('info')}`],
    [`.badge-count`, `font-size:11px;font-weight:700;fill:${v('onbadge')}`],
    [`.badge-tick`, `fill:none;stroke:${v('onbadge')};stroke-width:2;stroke-linecap:round;stroke-linejoin:round`],
    // Load
    ...[0, 1, 2, 3].map((i) => [`.heat${i}`, `fill:${v(`h${i}` as Token)};fill-opacity:${v('heat')}`]),
    [`.heat4`, `fill:${v('h4')};fill-opacity:${v('heat-over')}`],
    [`.over .outline`, `stroke:${v('h4')};stroke-width:2.5`],
    [`.track`, `fill:${v('bg')};stroke:${v('line')};stroke-width:.75`],
    [`.unknown`, `stroke:${v('line')};stroke-width:.75`],
    [`.bar`, `fill:${v('muted')}`],
    [`.near-full .bar`, `fill:${v('fg')}`],
    [`.over .bar`, `fill:${v('h4')}`],
    [`.tick`, `stroke:${v('fg')};stroke-width:1`],
    [`.tick-inside`, `stroke:${v('bg')};stroke-width:1`],
    [`.swatch`, `stroke:${v('line')};stroke-width:1`],
    [`.hatch-full`, `stroke:${v('bg')};stroke-width:2.5`],
    [`.hatch-unknown`, `stroke:${v('line')};stroke-width:1.5`],
    // Edges
    [`.edge`, `fill:none;stroke:${v('edge')};stroke-width:1.5;stroke-linejoin:round`],
    [`.edge.async`, `stroke-dasharray:6 4`],
    [`.edge.implied`, `stroke-dasharray:1 4;stroke-linecap:round`],
    ...EDGE_WIDTHS.map((width, i) => [`.edge.w${i + 1}`, `stroke-width:${width}`]),
    [`.head`, `fill:${v('edge')};stroke:none`],
    [`.head.open`, `fill:none;stroke:${v('edge')};stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round`],
    [`.label`, `font-size:11px;fill:${v('muted')}`],
  ] as [string, string][];
  const all = [...lines, ...(failing ? failures(v) : []), ...(interactive ? interaction(v) : [])];
  const scoped = all.map(([selectors, body]) => `${scope(root, selectors)}{${body}}`);
  if (interactive)
    scoped.push(
      forcedColours(root),
      `@media (prefers-reduced-motion:no-preference){${scope(root, '.node,.link')}{transition:opacity .12s}}`,
    );
  return scoped.join('\n');
}

/** What is down is hatched and crossed; what fails is red, with a mark on it. */
function failures(v: (token: Token) => string): [string, string][] {
  return [
    [`.hatch-down`, `stroke:${v('error')};stroke-width:1.5`],
    [`.down-hatch`, `fill-opacity:.35;stroke:none`],
    [`.down-cross`, `fill:none;stroke:${v('error')};stroke-width:2.5;stroke-opacity:.5;stroke-linecap:round`],
    [`.failure-down .outline`, `stroke:${v('error')};stroke-width:2.5`],
    [`.failure-down .back`, `stroke:${v('error')}`],
    [`.failure-overloaded .outline`, `stroke:${v('warn')};stroke-width:2.75`],
    [`.failure-partly .outline`, `stroke-width:2;stroke-dasharray:9 3`],
    [`.frame-box.failure-down .frame`, `stroke:${v('error')};stroke-width:2.5`],
    [`.dead .edge,.partly .edge,.dead .head.open,.partly .head.open`, `stroke:${v('error')}`],
    [`.dead .head:not(.open),.partly .head:not(.open)`, `fill:${v('error')}`],
    [`.edge.failing`, `stroke-width:2`],
    [`.link.chain .edge.failing`, `stroke-width:2.75`],
    [`.mark-ring`, `fill:${v('bg')};stroke:${v('error')};stroke-width:1.75`],
    [`.mark-sign`, `fill:none;stroke:${v('error')};stroke-width:2;stroke-linecap:round`],
    [`.chip-box`, `fill:${v('surface')};stroke:${v('line')};stroke-width:1.25`],
    [`.chip-words,.zone-words`, `font-size:11px;font-weight:600;fill:${v('fg')};font-variant-numeric:tabular-nums`],
    [`.chip-icon`, `fill:none;stroke:${v('fg')};stroke-width:2;stroke-linecap:round`],
    [`.chip.down .chip-box,.zone-chip.down .zone-box`, `fill:${v('error')};stroke:${v('bg')};stroke-width:1.5`],
    [`.chip.overloaded .chip-box`, `fill:${v('warn')};stroke:${v('bg')};stroke-width:1.5`],
    [`.chip.down .chip-words,.chip.overloaded .chip-words,.zone-chip.down .zone-words`, `fill:${v('onbadge')}`],
    [`.chip.down .chip-icon,.chip.overloaded .chip-icon,.zone-chip.down .chip-icon`, `stroke:${v('onbadge')}`],
    [`.zone-box`, `fill:${v('surface')};stroke:${v('line')};stroke-width:1.25`],
  ];
}

const scope = (root: string, selectors: string): string =>
  selectors
    .split(',')
    .map((s) => (s === '' ? root : s.startsWith('&') ? root + s.slice(1) : `${root} ${s}`))
    .join(',');

/**
 * States that hosts set as classes: `selected`, `hover` on a node; `dim` on what is not related to the hovered one; on the root
 * `zoom-75` (45 to 75 %), `zoom-45` (20 to 45 %) and `zoom-20` (under 20 %). None of them moves a box.
 */
function interaction(v: (token: Token) => string): [string, string][] {
  return [
    [`.node,.link,.frame-box`, `cursor:pointer`],
    [`.node:focus,.link:focus,.frame-box:focus`, `outline:none`],
    [`.hit`, `fill:none;stroke:transparent;stroke-width:14;pointer-events:stroke`],
    [`.ring`, `fill:none;stroke:none`],
    [`.node:focus-visible .ring,.frame-box:focus-visible .ring`, `stroke:${v('focus')};stroke-width:2`],
    [`.link:focus-visible .edge`, `stroke:${v('focus')};stroke-width:2.75`],
    [`.node:hover .outline,.node.hover .outline`, `stroke-width:2.75`],
    [`.link:hover .edge,.link.hover .edge,.link.selected .edge`, `stroke:${v('fg')};stroke-width:2.75`],
    [`.node.selected .outline`, `stroke:${v('focus')};stroke-width:2.5`],
    // Under the load overlay a fill says how full it is, selected or not.
    [`&.load .node.selected .outline`, `stroke-width:4`],
    [`&:not(.load) .node.selected .surface`, `fill:${v('select')}`],
    [`&:not(.load) .node.selected .name,&:not(.load) .node.selected .far,&:not(.load) .node.selected .on-surface`, `fill:${v('onselect')}`],
    [`&:not(.load) .node.selected .icon`, `stroke:${v('onselect')}`],
    [`.frame-box.selected .frame`, `stroke:${v('focus')};stroke-width:2.5`],
    // The background of a label stays opaque: through a translucent one the line would strike the words.
    [`.zone-chip:focus`, `outline:none`],
    [`.zone-chip:focus-visible .ring`, `stroke:${v('focus')};stroke-width:2`],
    [`.zone-chip:hover .zone-box`, `stroke:${v('fg')};stroke-width:2`],
    [`.link.lit .edge.failing`, `stroke-width:4.5`],
    [`.node.lit .outline`, `stroke-width:2.75`],
    [`.node.dim`, `opacity:.36`],
    [`.link.dim .mark`, `opacity:.36`],
    [`.link.dim .edge,.link.dim .head`, `stroke-opacity:.36;fill-opacity:.36`],
    [`.words.dim text`, `fill-opacity:.36`],
    [`.far-sign,&.zoom-45 .chip:not(.far-sign),&.zoom-20 .chip:not(.far-sign),&.zoom-20 .zone-chip`, `display:none`],
    [`&.zoom-45 .far-sign,&.zoom-20 .far-sign`, `display:inline`],
    [`&.zoom-75 .sub,&.zoom-75 .operation,&.zoom-75 .words.small,&.zoom-75 .legend`, `display:none`],
    [`&.zoom-45 .sub,&.zoom-45 .words:not(.selected),&.zoom-45 .tile,&.zoom-45 .icon,&.zoom-45 .legend,&.zoom-45 .name`, `display:none`],
    [`&.zoom-45 .far`, `display:inline`],
    [`&.zoom-20 .sub,&.zoom-20 .words,&.zoom-20 .tile,&.zoom-20 .icon,&.zoom-20 .legend,&.zoom-20 .name,&.zoom-20 .pills`, `display:none`],
    [`&.zoom-45 .frame-title`, `font-size:24px`],
    [`&.zoom-20 .frame-title`, `font-size:36px`],
    [
      `&.zoom-45 .frame-detail,&.zoom-20 .frame-detail,&.zoom-45 .frame-icon,&.zoom-20 .frame-icon,&.zoom-45 .patch,&.zoom-20 .patch`,
      `display:none`,
    ],
  ];
}

/** Windows' forced colours: strokes and words stay, tints and tiles go. */
function forcedColours(root: string): string {
  const s = (selectors: string) => scope(root, selectors);
  return `@media (forced-colors:active){${s('.tile,.heat')}{display:none}${s('.outline,.edge,.frame')}{stroke:CanvasText}${s('text')}{fill:CanvasText}${s('.surface,.bg,.frame,.on0,.on1,.on2')}{fill:Canvas}${s('.badge-count')}{fill:Canvas}${s('.chip-box,.zone-box,.mark-ring')}{fill:Canvas;stroke:CanvasText}${s('.down-cross,.mark-sign,.chip-icon')}{stroke:CanvasText}}`;
}
