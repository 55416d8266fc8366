import type { Made } from './design-parts.ts';
import type { Names } from './designs.ts';
import type { Random } from './random.ts';

const ENTRY = ['loadbalancer', 'gateway', 'cdn'];
const CALLED = ['service', 'function', 'external'];
const STORES = ['database', 'cache', 'search', 'blobstore'];
const BROKERS = ['queue', 'stream'];

const size = (random: Random): string => random.pick(['200 B', '2 KB', '20 KB', '1 MB', '8 B returns 2 KB']);
const ofKind = (names: Names, kinds: readonly string[]): Made[] => names.components.filter((c) => kinds.includes(c.kind));

/** A flow with every kind of step and modifier, each naming only what is there. */
export function flowText(random: Random, names: Names): string {
  const sources = ofKind(names, ['client', 'scheduler']);
  const entries = ofKind(names, ENTRY);
  const services = ofKind(names, CALLED);
  const name = `Flow${names.flows.length}`;
  const source = sources.length > 0 ? random.pick(sources) : undefined;
  if (!source || services.length === 0) return `// no flow ${names.flows.length}`;
  const service = random.pick(services).name;
  const entry = entries.length > 0 && random.chance(0.7) ? `${random.pick(entries).name} -> ` : '';
  const looked = ofKind(names, ['dns']);
  const lookup = looked.length > 0 && random.chance(0.5) ? `${random.pick(looked).name} -> ` : '';
  const lines = [`${source.name} -> ${lookup}${entry}${service}`];
  for (let i = 0; i < 1 + random.below(5); i++) lines.push(...stepsOf(random, names, service));
  if (random.chance(0.3))
    lines.push(`slo: ${random.pick(['availability >= 99.9%', 'availability >= 99.9%, p99 <= 200 ms', 'rto <= 5 min, rpo <= 1 s'])}`);
  if (random.chance(0.2)) lines.unshift(`requires: ${random.pick(['strong', 'eventual'])}`);
  const text = `flow ${name}${random.chance(0.3) ? ` "Flow number ${names.flows.length}"` : ''} from ${source.name}${rateOf(random, names, source)} {`;
  names.flows.push(name);
  return [text, ...lines.map((line) => `  ${line}`), '}'].join('\n');
}

/** How often a flow starts; nothing where it may follow from users who think. */
function rateOf(random: Random, names: Names, source: Made): string {
  if (source.kind === 'client' && random.chance(0.25)) return '';
  return ` at ${saidRate(random, names, source)}`;
}

function saidRate(random: Random, names: Names, source: Made): string {
  if (names.flows.length > 0 && random.chance(0.2)) return `${random.pick(names.flows)} * 50%`;
  if (source.kind === 'client' && random.chance(0.7)) return `${1 + random.below(100)}/day each`;
  const share = names.lets.length > 0 && random.chance(0.3) ? ` * ${random.pick(names.lets)}` : '';
  return `${1 + random.below(500)}/s${share}`;
}

function stepsOf(random: Random, names: Names, service: string): string[] {
  const stores = ofKind(names, STORES);
  const brokers = ofKind(names, BROKERS);
  const services = ofKind(names, CALLED).filter((c) => c.name !== service);
  const modifier = random.weighted([
    [4, ''],
    [1, ' when 10%'],
    [1, ' times 3 max 2G'],
    [1, ' optional'],
    [1, names.lets.length > 0 ? ` when ${random.pick(names.lets)}` : ''],
    [1, ' requires strong'],
  ]);
  const store = stores.length > 0 ? random.pick(stores) : undefined;
  const storeStep = (target: Made): string => {
    const operation = random.pick(['read', 'read', 'write', 'update']);
    const named = random.chance(0.6) ? (operation === 'read' ? [...target.tables, ...target.queries] : target.tables) : [];
    return `${service} -> ${target.name} ${operation} ${named.length > 0 ? random.pick(named) : size(random)}${modifier}`;
  };
  return random.weighted<() => string[]>([
    [4, () => (store ? [storeStep(store)] : [])],
    [2, () => cachedRead(random, names, service)],
    [1, () => (services.length > 0 ? [`${service} -> ${random.pick(services).name}${modifier.replace(' requires strong', '')}`] : [])],
    [1, () => alternatives(random, services, service)],
    [
      1,
      () =>
        store && services.length > 0 ? [storeStep(store).replace(modifier, ''), `else ${service} -> ${random.pick(services).name}`] : [],
    ],
    [1, () => (stores.length > 1 ? ['parallel {', `  ${storeStep(stores[0]!)}`, `  ${storeStep(stores[1]!)}`, '}'] : [])],
    [2, () => (brokers.length > 0 ? handOver(random, names, service, random.pick(brokers)) : [])],
  ])();
}

function cachedRead(random: Random, names: Names, service: string): string[] {
  const caches = ofKind(names, ['cache']);
  const databases = ofKind(names, ['database']);
  if (caches.length === 0 || databases.length === 0) return [];
  const cache = random.pick(caches).name;
  const read = `${service} -> ${random.pick(databases).name} read ${size(random)} on miss${random.chance(0.3) ? ` of ${cache}` : ''}`;
  return [`${service} -> ${cache} read 2 KB`, read, ...(random.chance(0.3) ? [`${service} ~> ${cache} write 2 KB on miss`] : [])];
}

function alternatives(random: Random, services: readonly Made[], service: string): string[] {
  const [a, b] = random.shuffled(services);
  if (!a || !b) return [];
  return [random.chance(0.5) ? `${service} -> ${a.name} 80% | ${b.name} 20%` : `${service} -> ${a.name} | ${b.name}`];
}

function handOver(random: Random, names: Names, service: string, broker: Made): string[] {
  const workers = ofKind(names, ['worker']);
  const databases = ofKind(names, ['database']);
  const steps = [`${service} ~> ${broker.name} publish ${random.pick(['500 B', '2 KB'])}`];
  if (workers.length === 0) return steps;
  const worker = random.pick(workers).name;
  steps.push(`${broker.name} ~> ${worker}`);
  if (databases.length > 0 && random.chance(0.5)) steps.push(`${worker} -> ${random.pick(databases).name} write 1 KB`);
  return steps;
}

/** A top-level connection between components that are there. */
export function connectionText(random: Random, names: Names): string {
  const from = ofKind(names, ['service', 'worker', 'gateway', 'loadbalancer']);
  const to = ofKind(names, [...CALLED, ...STORES]);
  if (from.length === 0 || to.length === 0) return '// no connection';
  const body = ['timeout: 200 ms', 'retries: 2', 'backoff: exponential 50 ms', 'jitter: full', 'pool: 10', 'breaker: 50% over 10 s'];
  const chosen = body.filter(() => random.chance(0.5));
  return `${random.pick(from).name} -> ${random.pick(to).name}${chosen.length > 0 ? ` { ${chosen.join(', ')} }` : ''}`;
}

/** A scenario, an `accept`, an `expect` or a view. */
export function remarkText(random: Random, names: Names): string {
  const components = names.components.map((c) => c.name);
  if (components.length === 0) return '// no remark';
  const one = (): string => random.pick(components);
  const clients = ofKind(names, ['client']);
  const caches = ofKind(names, ['cache', 'cdn']);
  return random.pick([
    () => `scenario "Lose ${random.below(100)}" { fail ${random.pick([...components, ...names.places])} }`,
    () => (clients.length > 0 ? `scenario "Rush ${random.below(100)}" {\n  ${random.pick(clients).name}.peak: 10x\n}` : '// no scenario'),
    () => (caches.length > 0 ? `scenario "Cold ${random.below(100)}" { ${random.pick(caches).name}.hit-ratio: 0% }` : '// no scenario'),
    () => `accept single-point-of-failure on ${one()} because "Decision ${random.below(20)}"`,
    () => `accept ${random.pick(['over-capacity', 'missing-health-check', 'missing-router'])} on ${one()} because "later"`,
    () => `view "View ${random.below(100)}" { include: ${one()}, ${one()}; rank: ${one()} }`,
    () => (names.lets.length > 0 ? `expect ${random.pick(names.lets)} <= 50% "not more"` : 'expect 1 < 2 "of course"'),
    () => (names.flows.length > 0 ? `expect ${random.pick(names.flows)} * 1 day <= 2G` : 'expect 2 < 1'),
  ])();
}
