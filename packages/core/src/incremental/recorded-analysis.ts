import type {
  Analysis,
  ComponentLoad,
  ConnectionLoad,
  Failures,
  FlowTraffic,
  SingleFailure,
  Storage,
  StorageEntry,
} from '../results/analysis.ts';
import type { ClosedLoad } from '../results/closed.ts';
import type { ComponentLimits } from '../results/limits.ts';
import { InputMap } from './input-map.ts';
import type { Recorder } from './recorder.ts';

/** An analysis that stands for that of the latest version of a design and records what is read of it. */
export class RecordedAnalysis implements Analysis {
  readonly traffic: {
    readonly flows: InputMap<FlowTraffic>;
    readonly components: InputMap<ComponentLoad>;
    readonly connections: InputMap<ConnectionLoad>;
    readonly closed: InputMap<ClosedLoad>;
  };
  readonly storage: Storage;
  readonly limits: InputMap<ComponentLimits>;
  readonly failures: Failures;
  readonly #stores: InputMap<StorageEntry>;
  readonly #rest: InputMap<unknown>;

  constructor(recorder: Recorder) {
    const stores = new InputMap<StorageEntry>(recorder);
    const rest = new InputMap<unknown>(recorder);
    this.#stores = stores;
    this.#rest = rest;
    this.traffic = {
      flows: new InputMap(recorder),
      components: new InputMap(recorder),
      connections: new InputMap(recorder),
      closed: new InputMap(recorder),
    };
    this.limits = new InputMap(recorder);
    this.storage = {
      stores,
      get entries() {
        return rest.get('entries') as Storage['entries'];
      },
      get durable() {
        return rest.get('durable') as Storage['durable'];
      },
    };
    this.failures = {
      get singles() {
        return rest.get('singles') as readonly SingleFailure[];
      },
      get notes() {
        return rest.get('notes') as Failures['notes'];
      },
    };
  }

  /** Takes the analysis of the next version. Results that did not change must be the same objects. */
  update({ traffic, storage, limits, failures }: Analysis): void {
    this.traffic.flows.update(traffic.flows);
    this.traffic.components.update(traffic.components);
    this.traffic.connections.update(traffic.connections);
    this.traffic.closed.update(traffic.closed);
    this.#stores.update(storage.stores);
    this.limits.update(limits);
    this.#rest.update(
      new Map<string, unknown>([
        ['entries', storage.entries],
        ['durable', storage.durable],
        ['singles', failures.singles],
        ['notes', failures.notes],
      ]),
    );
  }
}
