import { type ComponentLimits, type ConnectionsHeld, type Estimate, formatBits, isFigure, known, type PoolUse } from '@sysd/core';
import { estimateText, plain, ratioText } from './text.ts';

/** What a component can hold beside its work for the CPU, a line each for what is known; undefined where nothing is. */
export function limitsText(limits: ComponentLimits): string | undefined {
  const { connections, partitions, disk, workingSet, network, backlogs } = limits;
  const lines = [
    connections && connectionsLine(connections),
    partitions && isFigure(partitions.needed)
      ? `partitions: ${estimateText(partitions.partitions)}; needed at peak: ${estimateText(partitions.needed)}`
      : undefined,
    disk && isFigure(disk.utilization)
      ? `disk of a machine: ${estimateText(disk.used)} of ${estimateText(disk.usable)} that may be used, ${ratioText(disk.utilization)}`
      : undefined,
    disk?.fullIn && isFigure(disk.fullIn) ? `disks full in: ${estimateText(disk.fullIn)}` : undefined,
    workingSet && isFigure(workingSet.utilization)
      ? `memory of a machine: asked to hold ${estimateText(workingSet.held)}${workingSet.filledAt ? ` (misses at ${workingSet.filledAt} rate)` : ''} of ${estimateText(workingSet.memory)}, ${ratioText(workingSet.utilization)}`
      : undefined,
    workingSet && isFigure(workingSet.hitRatio) ? `hit ratio that the memory buys: ${ratioText(workingSet.hitRatio)}` : undefined,
    network && (isFigure(network.in) || isFigure(network.out))
      ? `network of the busiest instance at peak: in ${bytesText(network.in)}, out ${bytesText(network.out)}${isFigure(network.utilization) ? `; ${ratioText(network.utilization)} of its bandwidth` : ''}`
      : undefined,
    ...backlogs.map((b) =>
      isFigure(b.waiting)
        ? `after an outage of ${b.consumer} of ${estimateText(b.outage)} at peak: ${estimateText(b.waiting)} messages wait${isFigure(b.drain) ? `, worked off in ${estimateText(b.drain)}` : ''}${b.refused && (known(b.refused) ?? 0) > 0 ? `; refused at peak: ${ratioText(b.refused)}` : ''}`
        : undefined,
    ),
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.map((line) => `- ${plain(line)}`).join('\n');
}

function connectionsLine({ held, limit, best }: ConnectionsHeld): string | undefined {
  if (!isFigure(held)) return undefined;
  const most = isFigure(limit) ? ` of ${estimateText(limit)}` : '';
  return `connections to one server: ${estimateText(held)}${most}${best && isFigure(best) ? `; works best with about ${estimateText(best)}` : ''}`;
}

const bytesText = (estimate: Estimate): string =>
  isFigure(estimate) ? `${estimateText(estimate)} (${formatBits(estimate.value)})` : 'not known';

/** How full a pool is; undefined where that is not known. */
export function poolText(use: PoolUse): string | undefined {
  if (known(use.busy) === undefined || known(use.pool) === undefined) return undefined;
  const all = isFigure(use.held) ? `; ${estimateText(use.held)} connections to one server` : '';
  return `of a pool of ${estimateText(use.pool)}, ${estimateText(use.busy)} are busy at peak${all}`;
}
