/** Said of what only tells how something is drawn, which can be left out. */
export const DRAWN = 'how it is drawn follows from what it is';

/** What other notations say as a property, and where it is said here. */
const SAID_ELSEWHERE: readonly (readonly [names: RegExp, where: (owner: string) => string])[] = [
  [
    /^(?:depends[-_]?on|calls|uses|links|connects[-_]?to|requires|needs|targets?|upstream|downstream|consumes|publishes|reads|writes)$/,
    () => 'what calls what is said by the steps of a flow, such as api -> orders read',
  ],
  [/^(?:description|desc|docs?|documentation|comment|notes?|summary|purpose)$/, () => 'a description stands in lines of /// above it'],
  [/^(?:title|label|name|display[-_]?name|alias)$/, (owner) => `the title stands behind its name: ${owner} NAME "…"`],
  [
    /^(?:tech|technology|technologies|type|engine|kind|runtime|language|framework|platform|software|product|vendor)$/,
    (owner) => `the technology stands behind the name: ${owner} NAME: postgres`,
  ],
  [/^(?:shape|style(?:\..*)?|colou?r|icon|fill|stroke|position|x|y|width|height|class)$/, () => DRAWN],
  [
    /^(?:env|environment|volumes?|command|entrypoint|build|networks?|restart|deploy|secrets?|expose|labels)$/,
    () => 'how containers are run is worked out by the export from kind, technology, image and port',
  ],
  [/^(?:tags?|owner|team|link|links|url|repo|repository)$/, () => 'a link or an owner stands in lines of /// above it'],
];
const IN_A_FLOW: readonly (readonly [names: RegExp, where: string])[] = [
  [
    /^(?:rate|rps|qps|frequency|throughput|load|requests|at)$/,
    'how often it starts stands in its first line: flow NAME from users at 500/s',
  ],
  [/^(?:from|source|client|user|actor|trigger)$/, 'where it starts stands in its first line: flow NAME from users at 500/s'],
  [/^(?:steps|path|calls)$/, 'its steps stand in its braces, one a line: users -> api'],
  [/^(?:p50|p90|p95|p99|p999|latency|availability|rto|rpo|sla|timeout)$/, 'what it is to keep to is said slo: p99 <= 200 ms'],
];

/** Where something is said that is no property here; undefined for what is not known from elsewhere. */
export function saidElsewhere(name: string, owner: string): string | undefined {
  const word = name.toLowerCase();
  const kind = owner.replace(/^an? /, '');
  const inFlow = kind === 'flow' ? IN_A_FLOW.find(([names]) => names.test(word))?.[1] : undefined;
  return inFlow ?? SAID_ELSEWHERE.find(([names]) => names.test(word))?.[1](kind);
}

/** Where a property belongs that is none of the owner, in words, for those that are of one thing only. */
export function belongsTo(name: string, owners: readonly string[]): string {
  const [only] = owners;
  if (owners.length !== 1) return '';
  if (only === 'connection') return `: say it of a connection, api -> orders { ${name}: … }`;
  if (only === 'flow') return ': say it in the braces of a flow';
  if (only === 'client') return ': say it of the client that the traffic comes from';
  return '';
}
