import { type Component, DAY, type Fix, property, replicasPerCopy } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { recoveryObjective } from '../../shared/objectives.ts';
import { type Access, accessesOf } from '../../shared/requirements.ts';
import { timeText } from '../../shared/time-text.ts';

const shop = (store: string, step = 'write') => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
${store}

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders ${step} 1 KB
}
`;

export const backupMissing = defineRule({
  id: 'backup-missing',
  category: 'availability',
  severity: 'warning',
  summary: 'Flows write into a store of which there is no backup.',
  why: 'Replicas keep data from a machine that fails. They follow every write, so they also follow the `DELETE` without a `WHERE`, the faulty release and the attacker, within the same second. Only a copy from before can bring that back.\n\nCaches and search indexes can be filled again from their source and are not reported. Neither is what a provider runs (`managed`): its backups are a setting there that the design need not repeat. They are not always on (those of DynamoDB are not); say `backup` to have the design speak of them.',
  doInstead:
    'Say how often the data is copied away and how long copies are kept: `backup: every 1 day retain 30 day`. Often enough that losing what came since is bearable (`rpo`), long enough that damage is found before the last good copy is gone. A store that can be made again from elsewhere needs none: accept the finding and say from where.\n\nThe quick fix takes daily copies kept for 30 days, the default policy of Azure Backup; AWS Backup’s daily plan keeps them for 35. With one replica and a shorter `rpo` it takes copies that often.',
  messages: {
    missing: (d: { component: string; flows: readonly string[]; replicas: number }) =>
      `${d.component} has no backup, and ${listed(d.flows)} ${d.flows.length > 1 ? 'write' : 'writes'} into it: what is deleted or damaged by mistake is lost${d.replicas > 1 ? `, in ${d.replicas === 2 ? 'both' : `all ${d.replicas}`} replicas at once` : ''}. Copy it away: backup: every 1 day retain 30 day.`,
  },
  docs: {
    avoid: [{ title: 'Three replicas are no backup', text: shop('database orders: postgres { replicas: 3, failover: automatic }') }],
    prefer: [
      {
        title: 'A copy every day, kept for a month',
        text: shop('database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day retain 30 day }'),
      },
      { title: 'A provider’s store', text: shop('database orders: dynamodb') },
      {
        title: 'It can be made again',
        text: `${shop('database orders: postgres { replicas: 3, failover: automatic }')}\naccept backup-missing on orders because "Made again from the event log in an hour"\n`,
      },
    ],
    references: [
      {
        title: 'AWS Well-Architected, Reliability pillar, REL 9: how do you back up data?',
        url: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/back-up-data.html',
      },
      { title: 'Google SRE book, chapter 26: data integrity', url: 'https://sre.google/sre-book/data-integrity/' },
    ],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      if (component.kind !== 'database' && component.kind !== 'blobstore') return;
      if (component.properties.has('backup') || property(component.properties, 'managed')?.value === 'yes') return;
      const writes = writesTo(accessesOf(index, component.id));
      if (writes.length === 0) return;
      const flows = [...new Set(writes.map((a) => a.flow.id))];
      report({
        message: 'missing',
        data: { component: component.id, flows, replicas: replicasPerCopy(component) },
        span: component.nameSpan,
        element: component.id,
        affects: flows,
        related: writes.slice(0, MANY).map((a) => ({ span: a.hop.span, message: `${a.flow.id} writes into it` })),
        subject: component,
      });
    },
  },
  fix: (component: Component, input: Input) => backupFix(component, input),
});

/** Places that a finding points to; more say no more. */
const MANY = 5;

const writesTo = (accesses: readonly Access[]): Access[] => accesses.filter((a) => a.side === 'write');

/** Once a day, or as often as the strictest flow wants where there is nothing but the backup. */
function backupFix(component: Component, { index }: Input): Fix[] {
  const alone = replicasPerCopy(component) === 1;
  const bounds = writesTo(accessesOf(index, component.id)).map((a) => recoveryObjective(a.flow, 'rpo')?.bound.value ?? DAY);
  const every = alone ? Math.min(DAY, ...bounds) : DAY;
  const value = `every ${every > 0 && every < DAY ? timeText(every) : '1 day'} retain 30 day`;
  return [
    {
      title: `Back up ${component.id}: ${value}`,
      preferred: true,
      edits: [{ kind: 'set-property', on: component.id, property: 'backup', value }],
    },
  ];
}
