import { Document, isMap, isScalar, isSeq, type Pair, Scalar } from 'yaml';
import { plain } from '../exported-file.ts';
import type { Assembly } from './assemble.ts';
import { SCALE } from './scale.ts';

/** The compose file's text. Strings are quoted by the YAML library; comments are one line each whatever the author wrote. */
export function printCompose(name: string, assembly: Assembly, header: string): string {
  const document = new Document(
    {
      name,
      services: Object.fromEntries(assembly.services.map(({ name: key, service }) => [key, service])),
      networks: Object.fromEntries(assembly.networks.map((network) => [network, network === 'data' ? { internal: true } : {}])),
      ...(assembly.volumes.length === 0 ? {} : { volumes: Object.fromEntries(assembly.volumes.map((volume) => [volume, {}])) }),
      ...(assembly.secrets.length === 0
        ? {}
        : { secrets: Object.fromEntries(assembly.secrets.map((secret) => [secret, { file: `./secrets/${secret}.txt` }])) }),
    },
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  document.commentBefore = comment(headLines(assembly, header));
  const services = document.get('services');
  if (isMap(services)) {
    for (const [index, pair] of (services.items as Pair<Scalar<string> | string>[]).entries()) {
      const key = pair.key instanceof Scalar ? pair.key : new Scalar(pair.key);
      key.commentBefore = comment(assembly.services[index]!.comment);
      key.spaceBefore = index > 0;
      pair.key = key;
      quotePorts(pair.value);
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** `1:2` would be a number in base 60 to some readers of YAML. */
function quotePorts(service: unknown): void {
  const ports = isMap(service) ? service.get('ports') : undefined;
  if (!isSeq(ports)) return;
  for (const port of ports.items) if (isScalar(port)) port.type = 'QUOTE_SINGLE';
}

const comment = (lines: readonly string[]): string => lines.map((line) => (line === '' ? '' : ` ${plain(line, 200)}`)).join('\n');

function headLines(assembly: Assembly, header: string): string[] {
  const secrets = assembly.secrets.length > 0;
  return [
    header,
    '',
    'Start:  docker compose up --detach --wait      Stop and forget:  docker compose down --volumes',
    ...assembly.urls.map(({ flow, url }) => `Try:    curl ${url}   (flow ${plain(flow, 60)})`),
    '',
    `Scaled to a laptop: at most ${SCALE.instances} instances of a service, ${SCALE.copies} copies of a store, 1 shard, 1 of anything else. For each request at most`,
    `${SCALE.times} calls of a step, ${SCALE.cpuMs} ms of CPU time and ${SCALE.bytes / 1024} KiB a message. The comment above each service has the design's number.`,
    'Services without an image are stand-ins: standin/standin.cjs does what config/SERVICE/standin.json says, which is what the flows say.',
    'Ports are open to this machine only; SYSD_PORT_… moves one.',
    ...(secrets ? ['Passwords are in secrets/, made when the files were first written and never replaced. Do not commit them.'] : []),
  ];
}
