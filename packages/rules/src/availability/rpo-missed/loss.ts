import { type Component, type Design, type Kind, type Property, property, replicasPerCopy } from '@sysd/core';
import { writeConcernOf } from '../../shared/write-concern.ts';

/**
 * What the failure of a replica loses of confirmed writes. `lag`: what others do not have yet, `time` (seconds) of writing, undefined where the
 * design does not say. `backup`: what came since the last copy, at most `time`.
 */
export type Loss =
  | {
      readonly kind: 'lag';
      /** Why, after the name of the store. */
      readonly how: string;
      readonly time: number | undefined;
      readonly advice: string;
      /** What one would have to say for it to be known. */
      readonly lacking: string;
      /** The setting that makes it so: its value that waits for others, and where it is said. */
      readonly setting?: { readonly property: 'replication' | 'write-quorum' | 'write-concern'; readonly value: string };
      readonly said?: Property;
    }
  | { readonly kind: 'backup'; readonly time: number; readonly retain?: string; readonly said: Property };

/** Kinds that hold data which is nowhere else: caches and search indexes are filled from a source. */
const SOURCES: readonly Kind[] = ['database', 'blobstore'];

/** What a failure loses, as far as the design says how writes are kept; undefined where it loses nothing, or where that is another finding. */
export function lossOf(design: Design, component: Component): Loss | undefined {
  if (!SOURCES.includes(component.kind)) return undefined;
  const bag = component.properties;
  const managed = property(bag, 'managed')?.value === 'yes';
  if (!managed && replicasPerCopy(component) === 1) return backupLoss(component);
  const replication = property(bag, 'replication');
  const said = property(bag, 'lag')?.value;
  // Of a range its end: an objective is for the bad day.
  const time = said && (said.high ?? said.value);
  const lag = { kind: 'lag' as const, time, lacking: `How far these trail, it does not say: give its lag.` };
  if (replication?.value === 'async') {
    return {
      ...lag,
      how: 'confirms a write before its other replicas have it (replication: async)',
      advice: 'Let a write wait for them: replication: sync.',
      setting: { property: 'replication', value: 'sync' },
      said: replication,
    };
  }
  const one = confirmedByOne(design, component);
  if (one) {
    return {
      ...lag,
      how: `confirms a write as soon as one replica has it (${one.name}: ${one.said.text})`,
      advice: `Let a majority confirm it: ${one.name}: majority.`,
      setting: { property: one.name, value: 'majority' },
      said: one.said,
    };
  }
  // A provider's store that says nothing replicates as its documentation says.
  if (replication || managed || bag.has('quorum') || bag.has('write-quorum') || bag.has('write-concern')) return undefined;
  const how = 'has several replicas and does not say whether a write waits for them';
  return { ...lag, time: undefined, how, advice: 'Say it: replication: sync.', lacking: 'Give its replication: sync, async or quorum.' };
}

/** A single replica: what came since the last copy. Without any copy it is backup-missing. */
function backupLoss(component: Component): Loss | undefined {
  const said = property(component.properties, 'backup');
  if (!said) return undefined;
  const { every, retain } = said.value;
  return { kind: 'backup', time: every.value, said, ...(retain?.text === undefined ? {} : { retain: retain.text }) };
}

/** The setting by which one replica alone confirms a write, where others hold it as well. */
function confirmedByOne(design: Design, component: Component): { name: 'write-quorum' | 'write-concern'; said: Property } | undefined {
  const quorum = property(component.properties, 'write-quorum');
  if (quorum && (quorum.value === 'one' || (typeof quorum.value === 'object' && quorum.value.value === 1)))
    return { name: 'write-quorum', said: quorum };
  const concern = writeConcernOf(design, component);
  if (concern && (concern.value === 'local' || (typeof concern.value === 'object' && concern.value.value <= 1)))
    return { name: 'write-concern', said: concern };
  return undefined;
}
