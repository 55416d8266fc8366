type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  count(name: string, labels: Labels, by?: number): void;
  observe(name: string, labels: Labels, seconds: number): void;
  /** Everything in Prometheus' text format 0.0.4. */
  text(): string;
}

const HELP: readonly (readonly [name: string, type: string, help: string])[] = [
  ['sysd_requests_total', 'counter', 'Requests answered, by flow and status code.'],
  ['sysd_request_seconds', 'summary', 'Time to answer, by flow.'],
  ['sysd_steps_total', 'counter', 'Calls made for the steps of the flows, by outcome.'],
  ['sysd_messages_total', 'counter', 'Messages handled, by topic and outcome.'],
];

export function createMetrics(): Metrics {
  const values = new Map<string, Map<string, number>>();
  const add = (name: string, labels: Labels, by: number): void => {
    const series = values.get(name) ?? new Map<string, number>();
    const key = Object.entries(labels)
      .map(([label, value]) => `${label}="${escapeLabel(value)}"`)
      .join(',');
    series.set(key, (series.get(key) ?? 0) + by);
    values.set(name, series);
  };
  return {
    count: (name, labels, by = 1) => add(name, labels, by),
    observe: (name, labels, seconds) => {
      add(`${name}_sum`, labels, seconds);
      add(`${name}_count`, labels, 1);
    },
    text: () => HELP.map((family) => familyText(family, values)).join(''),
  };
}

function familyText([name, type, help]: (typeof HELP)[number], values: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const series = type === 'summary' ? [`${name}_sum`, `${name}_count`] : [name];
  const lines = series.flatMap((each) => [...(values.get(each) ?? [])].map(([labels, value]) => `${each}{${labels}} ${value}`));
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

const escapeLabel = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
