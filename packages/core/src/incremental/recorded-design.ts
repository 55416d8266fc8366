import type {
  Accept,
  Component,
  Connection,
  Design,
  Expectation,
  FailTarget,
  Flow,
  Group,
  Let,
  Place,
  Scenario,
  Technology,
  View,
} from '../design/design.ts';
import type { Quantity } from '../quantity/quantity.ts';
import type { Span } from '../source.ts';
import { InputMap, type Move } from './input-map.ts';
import { type Cell, newCell, type Recorder } from './recorder.ts';
import { sameItems } from './same.ts';

type Maps = 'places' | 'groups' | 'components' | 'connections' | 'flows' | 'technologies';
type Rest = Exclude<keyof Design, Maps>;

/** A design that stands for its latest version and records what is read of it. */
export class RecordedDesign implements Design {
  readonly places: InputMap<Place>;
  readonly groups: InputMap<Group>;
  readonly components: InputMap<Component>;
  readonly connections: InputMap<Connection>;
  readonly flows: InputMap<Flow>;
  readonly technologies: InputMap<Technology>;
  readonly #recorder: Recorder;
  readonly #cells = new Map<Rest, Cell>();
  #latest: Design | undefined;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
    this.places = new InputMap(recorder);
    this.groups = new InputMap(recorder);
    this.components = new InputMap(recorder);
    this.connections = new InputMap(recorder);
    this.flows = new InputMap(recorder);
    this.technologies = new InputMap(recorder);
  }

  /** Takes the next version. Elements that did not change must be the same objects. */
  update(next: Design, connectionMoved?: (id: string, how: Move) => void): void {
    const before = this.#latest;
    this.#latest = next;
    this.places.update(next.places);
    this.groups.update(next.groups);
    this.components.update(next.components);
    this.connections.update(next.connections, connectionMoved);
    this.flows.update(next.flows);
    this.technologies.update(next.technologies);
    if (!before) return;
    for (const [name, cell] of this.#cells) {
      if (!alike(before[name], next[name])) this.#recorder.changed(cell);
    }
  }

  /** The latest version itself. Reading it leaves no trace. */
  get plain(): Design {
    if (!this.#latest) throw new Error('no version of the design was given');
    return this.#latest;
  }

  get id(): string {
    return this.#read('id');
  }
  get title(): string | undefined {
    return this.#read('title');
  }
  get doc(): string | undefined {
    return this.#read('doc');
  }
  get span(): Span {
    return this.#read('span');
  }
  get uri(): string {
    return this.#read('uri');
  }
  get lets(): readonly Let[] {
    return this.#read('lets');
  }
  get scenarios(): readonly Scenario[] {
    return this.#read('scenarios');
  }
  get views(): readonly View[] {
    return this.#read('views');
  }
  get expectations(): readonly Expectation[] {
    return this.#read('expectations');
  }
  get accepts(): readonly Accept[] {
    return this.#read('accepts');
  }
  get scenario(): string | undefined {
    return this.#read('scenario');
  }
  get traffic(): number | undefined {
    return this.#read('traffic');
  }
  get horizon(): Quantity | undefined {
    return this.#read('horizon');
  }
  get failed(): readonly FailTarget[] {
    return this.#read('failed');
  }

  #read<K extends Rest>(name: K): Design[K] {
    if (this.#recorder.recording) {
      let cell = this.#cells.get(name);
      if (!cell) {
        cell = newCell();
        this.#cells.set(name, cell);
      }
      this.#recorder.read(cell);
    }
    return this.plain[name];
  }
}

const alike = (a: unknown, b: unknown): boolean => a === b || (Array.isArray(a) && Array.isArray(b) && sameItems(a, b));
