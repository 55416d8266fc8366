/** A theme whose values are baked into the drawing; `css` leaves them to the page (VS Code's variables, then these fallbacks). */
export type BakedTheme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';
export type Theme = BakedTheme | 'css';

const COLOURS = {
  bg: ['#FFFFFF', '#1F1F1F', '#000000', '#FFFFFF'],
  fg: ['#1F2328', '#E6E6E6', '#FFFFFF', '#000000'],
  muted: ['#59636E', '#A3ABB5', '#FFFFFF', '#000000'],
  surface: ['#FFFFFF', '#2A2B2E', '#000000', '#FFFFFF'],
  hair: ['#D1D9E0', '#45484D', '#6FC3DF', '#0F4A85'],
  frame: ['#F6F8FA', '#25262A', '#000000', '#FFFFFF'],
  frame2: ['#EDF1F5', '#2C2E33', '#000000', '#FFFFFF'],
  line: ['#7A848E', '#7D8590', '#FFFFFF', '#000000'],
  edge: ['#6E7781', '#9098A1', '#FFFFFF', '#000000'],
  focus: ['#0969DA', '#4DA3FF', '#F38518', '#006BBD'],
  select: ['#DDEBFA', '#123A63', '#000000', '#FFFFFF'],
  onselect: ['#1F2328', '#E6E6E6', '#FFFFFF', '#000000'],
  error: ['#B01E0A', '#FF8266', '#FF9C86', '#A1140A'],
  warn: ['#A86200', '#F0A030', '#FFD370', '#7A4500'],
  info: ['#0B6CB0', '#5BB4F0', '#9CDCFE', '#0A5590'],
  ok: ['#1A7F4B', '#4CC38A', '#89D185', '#125C36'],
  onbadge: ['#FFFFFF', '#1A1A1A', '#000000', '#FFFFFF'],
  'k-entry': ['#0B6CB0', '#5BB4F0', '#9CDCFE', '#0A5590'],
  'k-compute': ['#00755A', '#3CC79C', '#7FE0C3', '#005A45'],
  'k-data': ['#9A3F86', '#E59CCF', '#F0B8DE', '#7C2C6B'],
  'k-message': ['#574B00', '#F3EC9B', '#F0E442', '#574B00'],
  'k-plain': ['#55606E', '#A9B4C0', '#FFFFFF', '#000000'],
  h0: ['#FFF7E6', '#33302B', '#000000', '#FFFFFF'],
  h1: ['#FFE3B0', '#5B4620', '#000000', '#FFFFFF'],
  h2: ['#FBB969', '#8F5F1B', '#3A2600', '#FFE9C7'],
  h3: ['#E8792B', '#D9822B', '#7A4A00', '#FFC98A'],
  h4: ['#A32310', '#FFA58F', '#FF9C86', '#A1140A'],
} as const;

const OPACITIES = {
  /** Icon tile; none in high contrast. */
  tile: [0.11, 0.2, 0, 0],
  /** Heat fill of the first four steps, and of the last (over capacity). */
  heat: [0.6, 0.42, 1, 1],
  'heat-over': [0.5, 0.42, 0.3, 0.3],
} as const;

export type Colour = keyof typeof COLOURS;
export type Opacity = keyof typeof OPACITIES;
export type Token = Colour | Opacity;

export const BAKED_THEMES: readonly BakedTheme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
export const COLOUR_TOKENS = Object.keys(COLOURS) as Colour[];
const OPACITY_TOKENS = Object.keys(OPACITIES) as Opacity[];

/** VS Code's variable that a token takes first; the rest have none that means the same in every theme. */
const VSCODE: Partial<Record<Token, string>> = {
  bg: '--vscode-editor-background',
  fg: '--vscode-editor-foreground',
  muted: '--vscode-descriptionForeground',
  surface: '--vscode-editorWidget-background',
  hair: '--vscode-editorWidget-border',
  focus: '--vscode-focusBorder',
  select: '--vscode-list-activeSelectionBackground',
  onselect: '--vscode-list-activeSelectionForeground',
  error: '--vscode-editorError-foreground',
  warn: '--vscode-editorWarning-foreground',
  info: '--vscode-editorInfo-foreground',
};

export const FONT_STACK = 'system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, "Open Sans", "Helvetica Neue", Arial, sans-serif';

/** The value of a token in a baked theme: a colour as `#RRGGBB`, or an opacity. */
export function baked(theme: BakedTheme, token: Token): string {
  const column = BAKED_THEMES.indexOf(theme);
  return token in OPACITIES ? String(OPACITIES[token as Opacity][column]) : (COLOURS[token as Colour][column] ?? '');
}

/** Declarations of all `--sd-*` variables of a theme. */
export const plainDeclarations = (theme: BakedTheme): string => declarations((token) => baked(theme, token));

/** The same, VS Code's variable first. */
export const variableDeclarations = (theme: BakedTheme): string =>
  declarations((token) => {
    const outer = VSCODE[token];
    return outer === undefined ? baked(theme, token) : `var(${outer},${baked(theme, token)})`;
  });

const declarations = (value: (token: Token) => string): string =>
  [...COLOUR_TOKENS, ...OPACITY_TOKENS].map((token) => `--sd-${token}:${value(token)}`).join(';');
