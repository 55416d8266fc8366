import { readdirSync, readFileSync } from 'node:fs';

/** A process and its descendants, by id. */
function processTree(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
    );
    return [pid, ...children.flatMap((child) => processTree(Number(child)))];
  } catch {
    return [pid];
  }
}

function sumOver(pid: number, value: (of: number) => number): number {
  return processTree(pid).reduce((sum, one) => {
    try {
      return sum + value(one);
    } catch {
      return sum;
    }
  }, 0);
}

/** User and system time of a process and its descendants in ms; the kernel counts in ticks of 10 ms. */
export function cpuOf(pid: number): number {
  return sumOver(pid, (one) => {
    const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  });
}

/** The most resident memory that each of them ever had, in MB. */
export function peakMemoryOf(pid: number): number {
  return sumOver(pid, (one) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0) / 1024);
}
