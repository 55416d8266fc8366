import type { Explanation } from './rule.ts';

type Entry = Pick<Explanation, 'id' | 'severity' | 'summary' | 'why' | 'doInstead' | 'fixable'> & {
  readonly avoid: string;
  readonly prefer: string;
};

const shop = (lines: string): string => `system Shop\n\nclient users { daily-active: 1M }\n${lines}\n`;

const ENTRIES: readonly Entry[] = [
  {
    id: 'syntax',
    severity: 'error',
    fixable: false,
    summary: 'The line cannot be read.',
    why: 'A newline ends a statement, so what cannot be read costs that line alone: the rest of the file is checked and drawn without it.',
    doInstead:
      'The message says what was expected. A declaration is `KIND NAME [: TECHNOLOGY] ["title"] [{ … }]`, a property `name: value`, a step `a -> b read 2 KB`.',
    avoid: shop('service api {\n  replicas:\n}'),
    prefer: shop('service api {\n  replicas: 2\n  health: http "/healthz"\n}'),
  },
  {
    id: 'unknown-kind',
    severity: 'error',
    fixable: true,
    summary: 'A word before a name that is no kind of component.',
    why: 'The kind decides what a component can do: which properties it has, which operations it takes, how it fails and how it is exported.',
    doInstead: 'Use one of the kinds (the message suggests the nearest). A technology stands behind the name: `database orders: postgres`.',
    avoid: shop('servce api'),
    prefer: shop('service api'),
  },
  {
    id: 'unknown-name',
    severity: 'error',
    fixable: true,
    summary: 'A name that nothing in scope declares.',
    why: 'A misspelt name would silently leave a component out of every estimate and every check. Names are seen across files only through `import`.',
    doInstead: 'Correct the name (the message suggests the nearest), declare it, or import the file that declares it.',
    avoid: shop('service api\n\nflow Browse from users at 20/day each {\n  users -> apy\n}'),
    prefer: shop('service api\n\nflow Browse from users at 20/day each {\n  users -> api\n}'),
  },
  {
    id: 'duplicate-name',
    severity: 'error',
    fixable: false,
    summary: 'Two declarations with one name.',
    why: 'Components, groups, regions, flows and constants share one space of names, so that a name in a step, an expression or an `accept` means one thing.',
    doInstead: 'Rename one of them; a title in quotes may be the same.',
    avoid: shop('service api\ndatabase api'),
    prefer: shop('service api\ndatabase api-data'),
  },
  {
    id: 'unit-mismatch',
    severity: 'error',
    fixable: false,
    summary: 'A number that measures something else than what is due.',
    why: 'Numbers carry units, and arithmetic keeps them: bytes plus seconds is an error, as is a size where a time is due. Most wrong estimates are right numbers of the wrong thing.',
    doInstead:
      'Give the unit that is due. `B` is bytes, so a billion is written `1G`; `1 Mbps` is bits and `1 MB/s` bytes, and they convert.',
    avoid: shop('service api { cpu-time: 10 MB }'),
    prefer: shop('service api { cpu-time: 10 ms }'),
  },
  {
    id: 'unknown-property',
    severity: 'error',
    fixable: true,
    summary: 'A property that does not exist, or not on this kind of element.',
    why: 'A misspelt property would be decoration: the default would count instead, and nobody would notice.',
    doInstead: 'Correct the name (the message suggests the nearest); completion lists the properties of the kind.',
    avoid: shop('service api { replica: 2 }'),
    prefer: shop('service api { replicas: 2, health: http "/healthz" }'),
  },
  {
    id: 'invalid-value',
    severity: 'error',
    fixable: true,
    summary: 'A value that its property cannot take.',
    why: 'Each property says what it takes: a number within bounds, one of some words, a list of names. What does not fit is not guessed at.',
    doInstead: 'Write a value of the form that the message gives; hover over the property shows an example.',
    avoid: shop('database orders: postgres { replicas: 3, failover: automatically }'),
    prefer: shop('database orders: postgres { replicas: 3, failover: automatic }'),
  },
  {
    id: 'circular-value',
    severity: 'error',
    fixable: false,
    summary: 'A value that needs itself.',
    why: 'Expressions are computed from the values that they name. Where these lead back to where one began, there is nothing to begin with.',
    doInstead: 'Give one of the values as a number.',
    avoid: 'system Loop\n\nlet a = b + 1\nlet b = a + 1\n',
    prefer: 'system Loop\n\nlet a = 1\nlet b = a + 1\n',
  },
  {
    id: 'misplaced-statement',
    severity: 'error',
    fixable: false,
    summary: 'A statement that does not belong where it stands.',
    why: 'Steps belong to flows, tables and queries to stores, flows and components to the top level or a group. Elsewhere they would mean nothing.',
    doInstead: 'Move it; the message says where it belongs.',
    avoid: shop('service api {\n  table order { row: 500 B }\n}'),
    prefer: shop('service api\ndatabase orders {\n  table order { row: 500 B }\n}'),
  },
  {
    id: 'invalid-step',
    severity: 'error',
    fixable: true,
    summary: 'An operation, share, size or modifier that does not fit the step.',
    why: 'What a step does decides where load, bytes and failures go: a store is read or written, a queue is published to, a service is called. A step that does not fit its target would be counted wrongly.',
    doInstead:
      'Use an operation that the target takes: `read`, `write`, `update` on stores, `publish` and `consume` on queues and streams, `call` on the rest.',
    avoid: shop(
      'service api\ndatabase orders: postgres\n\nflow Order from users at 1/day each {\n  users -> api\n  api -> orders call 1 KB\n}',
    ),
    prefer: shop(
      'service api\ndatabase orders: postgres\n\nflow Order from users at 1/day each {\n  users -> api\n  api -> orders write 1 KB\n}',
    ),
  },
  {
    id: 'invalid-placement',
    severity: 'error',
    fixable: false,
    summary: 'Replicas or copies that cannot stand where they are put.',
    why: 'Where instances stand decides what a failing zone or region takes with it, so the count and the places must agree.',
    doInstead: 'Name one place for all (`3 in us.a`), one for each (`3 in us.a, us.a, us.b`), or let them be dealt (`3 across us`).',
    avoid: 'system Votes\n\nzone a\nzone b\nregistry voters: etcd { replicas: 3 in a, b }\n',
    prefer: 'system Votes\n\nzone a\nzone b\nregistry voters: etcd { replicas: 3 in a, a, b }\n',
  },
  {
    id: 'flow-source',
    severity: 'error',
    fixable: false,
    summary: 'A step that starts where the flow has not arrived.',
    why: 'A flow is a traced request: a component can only call others after something has called it. Rates and failures are computed along that trace.',
    doInstead: 'Add the step that reaches the component above this line, or start the flow from it.',
    avoid: shop('service api\ndatabase orders: postgres\n\nflow Order from users at 1/day each {\n  api -> orders write 1 KB\n}'),
    prefer: shop(
      'service api\ndatabase orders: postgres\n\nflow Order from users at 1/day each {\n  users -> api\n  api -> orders write 1 KB\n}',
    ),
  },
  {
    id: 'import-not-found',
    severity: 'error',
    fixable: false,
    summary: 'An imported file that is not there.',
    why: 'What it declares is missing from the design, so names that it brings are unknown and figures would be too small.',
    doInstead: 'Correct the path: it is relative to the importing file and ends in `.sysd`.',
    avoid: 'system Shop\n\nimport "./no-such-file.sysd"\n',
    prefer: 'system Shop\n',
  },
  {
    id: 'import-cycle',
    severity: 'error',
    fixable: false,
    summary: 'Files that import each other.',
    why: 'Which file overrides which would depend on where one starts to read.',
    doInstead: 'Move what both need into a third file and import that.',
    avoid: '//- /shop.sysd\nsystem Shop\nimport "./parts.sysd"\n//- /parts.sysd\nimport "./shop.sysd"\n',
    prefer: '//- /shop.sysd\nsystem Shop\nimport "./parts.sysd"\n//- /parts.sysd\nzone a\n',
  },
  {
    id: 'expectation-failed',
    severity: 'error',
    fixable: false,
    summary: 'An `expect` that is false.',
    why: 'An expectation records what the design rests on: a budget, a number of disks, a load. When a figure changes and it no longer holds, the decision that rests on it is to be taken again.',
    doInstead: 'Change the design so that it holds, or the expectation if the limit has moved.',
    avoid: 'system Disks\n\nlet images = 500 TB\nlet disk = 20 TB\nlet disks = ceil(images / disk)\n\nexpect disks <= 20 "one shelf"\n',
    prefer: 'system Disks\n\nlet images = 300 TB\nlet disk = 20 TB\nlet disks = ceil(images / disk)\n\nexpect disks <= 20 "one shelf"\n',
  },
];

/** Documentation of the ids that are not rules: errors of the text, found by the language, and the failure of a rule. */
export const LANGUAGE_IDS: readonly Explanation[] = [
  ...ENTRIES.map(
    ({ avoid, prefer, ...entry }): Explanation => ({
      ...entry,
      category: 'language',
      docs: { avoid: [{ text: avoid }], prefer: [{ text: prefer }], references: [] },
    }),
  ),
  {
    id: 'internal-error',
    category: 'language',
    severity: 'error',
    fixable: false,
    summary: 'A rule of sysd failed on this design.',
    why: 'This is a fault of sysd, not of the design. The findings of that rule are missing; those of all others stand.',
    doInstead:
      'Report it with the message and, if you can, the design. Until it is repaired, the rule can be switched off in the settings.',
    docs: { avoid: [], prefer: [], references: [] },
  },
];
