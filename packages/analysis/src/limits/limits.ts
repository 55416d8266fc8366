import {
  type Component,
  type ComponentLimits,
  DerivedMap,
  keepData,
  type Limits,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
} from '@sysd/core';
import type { Stored } from '../storage/storage.ts';
import type { TrafficModel } from '../traffic/traffic.ts';
import { backlogsOf } from './backlog.ts';
import { connectionsTo } from './connections.ts';
import type { LimitContext } from './context.ts';
import { diskOf } from './disk.ts';
import { connectionEnds } from './ends.ts';
import { networkOf } from './network.ts';
import { partitionsOf } from './partitions.ts';
import { sessionsOf } from './sessions.ts';
import { workingSetOf } from './working-set.ts';

/** What each component of the versions of a design can hold beside its work for the CPU. Call it after traffic and storage. */
export function limitsOf(recorder: Recorder, design: RecordedDesign, traffic: TrafficModel, stored: RecordedMap<Stored>): () => Limits {
  const { ends, update } = connectionEnds(recorder, design);
  const context: LimitContext = { design, traffic, stored, ends };
  const components = new DerivedMap<ComponentLimits>(recorder, keepData);
  return () => {
    update();
    components.update(design.components.ids, (id) => componentLimits(context, design.components.get(id) as Component));
    return components.plain;
  };
}

function componentLimits(context: LimitContext, component: Component): ComponentLimits {
  const connections = connectionsTo(context, component);
  const sessions = sessionsOf(context, component);
  const partitions = partitionsOf(context, component);
  const disk = diskOf(context, component);
  const workingSet = workingSetOf(context, component);
  const network = networkOf(context, component);
  return {
    component: component.id,
    ...(connections ? { connections } : {}),
    ...(sessions ? { sessions } : {}),
    ...(partitions ? { partitions } : {}),
    ...(disk ? { disk } : {}),
    ...(workingSet ? { workingSet } : {}),
    ...(network ? { network } : {}),
    backlogs: backlogsOf(context, component),
  };
}
