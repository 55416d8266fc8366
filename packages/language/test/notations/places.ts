/** Where a line is written in a design that has no error besides. */
export type PlaceName = keyof typeof PLACES;

/**
 * What somebody writes, the text that is underlined, what is told, and what each fix makes of it. Where there is one fix, it is the one right
 * move. After a fix nothing is left to tell.
 */
export type Case = readonly [place: PlaceName, written: string, underlined: string, message: string, ...fixed: string[]];

const PARTS = `client users { daily-active: 2M }
service api { cpu-time: 5 ms }
service cart
queue jobs
cache sessions: redis
database orders: postgres { table line { row: 1 KB } }
region us { zones: a, b }
`;
const flow = (at: string, ...lines: string[]): string => `flow Order ${at} {\n  users -> api\n${lines.map((l) => `  ${l}\n`).join('')}}\n`;
const FLOW = flow('from users at 3/day each');

export const PLACES = {
  /** Alone, as a file. */
  file: (text: string): string => text,
  top: (line: string): string => `system Shop\n${PARTS}${line}\n${FLOW}`,
  last: (line: string): string => `system Shop\n${PARTS}${FLOW}${line}\n`,
  /** Behind the name of a flow. */
  start: (text: string): string => `system Shop\n${PARTS}${flow(text)}`,
  step: (line: string): string => `system Shop\n${PARTS}${flow('from users at 3/day each', line)}`,
  /** In the braces of a component of that kind. */
  service: (text: string): string => `system Shop\n${PARTS}${FLOW}service other { ${text} }\n`,
  client: (text: string): string => `system Shop\n${PARTS}${FLOW}client other { ${text} }\n`,
  database: (text: string): string => `system Shop\n${PARTS}${FLOW}database other { ${text} }\n`,
  cache: (text: string): string => `system Shop\n${PARTS}${FLOW}cache other { ${text} }\n`,
  connection: (text: string): string => `system Shop\n${PARTS}${FLOW}users -> api { ${text} }\n`,
  scenario: (text: string): string => `system Shop\n${PARTS}${FLOW}scenario "Other" { ${text} }\n`,
  lines: (line: string): string => `system Shop\n${PARTS}${FLOW}service other {\n  cores: 2\n  ${line}\n}\n`,
} as const;
