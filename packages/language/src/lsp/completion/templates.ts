// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the snippets of the Language Server Protocol are written like that.
import { KIND_NAMES, KINDS } from '@sysd/core';
import { CompletionItemKind } from 'vscode-languageserver';
import type { Offer } from './item.ts';

/** Statements with what they say and what to write: `$1`, `${1:name}` are LSP's snippet stops. */
interface Template {
  readonly word: string;
  readonly doc: string;
  readonly snippet: string;
}

const BODY = ' {\n\t$0\n}';

const TOP: readonly Template[] = [
  { word: 'system', doc: 'Names the design of this file and what it imports.', snippet: 'system ${1:Name}' },
  { word: 'import', doc: 'Uses the names of another file.', snippet: 'import "./$1.sysd"' },
  { word: 'let', doc: 'A named constant.', snippet: 'let ${1:name} = $0' },
  { word: 'region', doc: 'Where things run: a region with its zones.', snippet: 'region ${1:name} { zones: ${2:a, b, c} }' },
  { word: 'zone', doc: 'A failure zone outside of any region.', snippet: 'zone ${1:name}' },
  {
    word: 'group',
    doc: 'A boundary around components; `across` makes it a stamp: one copy per place.',
    snippet: `group \${1:name}${BODY}`,
  },
  {
    word: 'technology',
    doc: 'Facts about a technology of yours, or other facts about a known one.',
    snippet: `technology \${1:name}: \${2:kind}${BODY}`,
  },
  {
    word: 'flow',
    doc: 'A traced request: its steps create the connections, its rate loads them.',
    snippet: 'flow ${1:Name} from ${2:users} at ${3:10/day each} {\n\t${2:users} -> $0\n}',
  },
  { word: 'scenario', doc: 'What if: other values, and failures.', snippet: 'scenario "${1:What if}" {\n\t$0\n}' },
  { word: 'expect', doc: 'A finding when false.', snippet: 'expect ${1:left} <= ${2:right} "${3:why}"' },
  { word: 'accept', doc: 'Silences a finding, with the reason.', snippet: 'accept ${1:rule} on ${2:element} because "${3:reason}"' },
  { word: 'view', doc: 'A drawing of a part of the design.', snippet: 'view "${1:Name}" { include: $0 }' },
];

const KIND_SNIPPETS: ReadonlyMap<string, string> = new Map([
  ['client', 'client ${1:users} { daily-active: ${2:1M}, peak: ${3:2x} }'],
  ['loadbalancer', 'loadbalancer ${1:lb} { replicas: 2, mode: active-passive, failover: automatic$0 }'],
  [
    'service',
    `service \${1:name} {\n\treplicas: \${2:2}\n\tcores: \${3:4}\n\tcpu-time: \${4:10 ms}\n\thealth: http "/healthz" every 5 s$0\n}`,
  ],
  ['worker', 'worker ${1:name} { replicas: ${2:2}, cpu-time: ${3:10 ms}$0 }'],
  ['database', `database \${1:name}: \${2:postgres}${BODY}`],
  ['cache', 'cache ${1:name}: ${2:redis} { ttl: ${3:10 min}, hit-ratio: ${4:90%}$0 }'],
  ['queue', 'queue ${1:name}: ${2:rabbitmq}$0'],
  ['stream', 'stream ${1:name}: ${2:kafka}$0'],
]);

const offer = (t: Template, rank: number): Offer => ({
  label: t.word,
  kind: CompletionItemKind.Keyword,
  doc: t.doc,
  snippet: t.snippet,
  insert: t.word,
  rank,
});

export const KIND_OFFERS: readonly Offer[] = KIND_NAMES.map((kind) => ({
  label: kind,
  kind: CompletionItemKind.Class,
  detail: 'component',
  doc: KINDS[kind],
  snippet: KIND_SNIPPETS.get(kind) ?? `${kind} \${1:name}$0`,
  insert: kind,
  rank: 2,
}));

export const TOP_OFFERS: readonly Offer[] = TOP.map((t) => offer(t, 1));

export const GROUP_OFFERS: readonly Offer[] = TOP_OFFERS.filter((o) => o.label === 'group');

export const STORE_OFFERS: readonly Offer[] = [
  offer(
    {
      word: 'table',
      doc: 'A table (or collection) with its keys and row size.',
      snippet: 'table ${1:name} { key: ${2:id}, row: ${3:1 KB}$0 }',
    },
    4,
  ),
  offer(
    { word: 'query', doc: 'A query: what it joins, and which columns it pins.', snippet: 'query ${1:name} { where ${2:table.column}$0 }' },
    4,
  ),
];

export const QUERY_OFFERS: readonly Offer[] = [
  offer({ word: 'from', doc: 'Tables that the query reads.', snippet: 'from $0' }, 1),
  offer({ word: 'join', doc: 'Tables joined on equal columns: `join a.x = b.x and a.k = b.k`.', snippet: 'join ${1:a.x} = ${2:b.x}' }, 1),
  offer({ word: 'where', doc: 'Columns pinned to a value.', snippet: 'where $0' }, 1),
];

export const FLOW_OFFERS: readonly Offer[] = [
  offer({ word: 'parallel', doc: 'The steps of one source inside start together.', snippet: 'parallel {\n\t$0\n}' }, 4),
  offer({ word: 'else', doc: 'What is done instead when the step above fails.', snippet: 'else $0' }, 4),
];

export const SCENARIO_OFFERS: readonly Offer[] = [
  offer(
    {
      word: 'fail',
      doc: 'A region, zone, component, so many instances of one (`api 2`), or a copy of a stamp (`lb@eu`) is down.',
      snippet: 'fail $0',
    },
    1,
  ),
];

/** Rates of a flow. */
export const RATE_OFFERS: readonly Offer[] = [
  {
    label: '10/day each',
    kind: CompletionItemKind.Snippet,
    detail: 'rate per user',
    doc: 'Times the `daily-active` of the client.',
    snippet: '${1:10}/day each',
    rank: 0,
  },
  {
    label: '500/s',
    kind: CompletionItemKind.Snippet,
    detail: 'rate in all',
    doc: 'An average, however many users there are; `peak` of the client says how much more comes at peak.',
    snippet: '${1:500}/s',
    rank: 0,
  },
];
