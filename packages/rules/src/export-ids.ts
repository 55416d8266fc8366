import type { Explanation } from './rule.ts';

const design = (lines: string): string =>
  `system Shop\n\nclient users { daily-active: 1M }\nservice api { health: http "/healthz" }\n${lines}\n\nflow Browse from users at 20/day each {\n  users -> api\n  api -> store read 2 KB\n}\n`;

/** Documentation of what an export says about its own limits. They are notes to the export, never findings about the design. */
export const EXPORT_IDS: readonly Explanation[] = [
  {
    id: 'export-no-image',
    category: 'export',
    severity: 'info',
    fixable: false,
    summary: 'Something else runs in the export than what the design names.',
    why: 'Cloud services and hardware have no container image, and a service of yours has none until you name it. A stand-in or another technology then takes the place, so that the rest can run; it shows the wiring, not the behaviour of the real thing.',
    doInstead: 'Name an image (`image: "registry/api:1.4"`) where there is one. Otherwise the note is all there is to do.',
    docs: {
      avoid: [{ title: 'Noted', text: design('database store: dynamodb') }],
      prefer: [{ title: 'Runs as it is', text: design('database store: postgres { replicas: 1 }') }],
      references: [],
    },
  },
  {
    id: 'export-simplified',
    category: 'export',
    severity: 'info',
    fixable: false,
    summary: 'The export does less than the design says.',
    why: 'A stack on a laptop has no second region and nothing that promotes a standby; of queues only RabbitMQ keeps a `max-length`. What is left out is said, so that nobody takes the stack for a test of it.',
    doInstead: 'Nothing, unless you test what is left out: then add it to the exported files.',
    docs: {
      avoid: [{ title: 'Noted', text: design('database store: postgres { replicas: 3, failover: automatic }') }],
      prefer: [{ title: 'Runs as it is', text: design('database store: postgres { replicas: 1 }') }],
      references: [],
    },
  },
];
