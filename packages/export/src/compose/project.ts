import type { Component, Flow } from '@sysd/core';
import type { Route, Target } from '../standin/config.ts';
import type { Role } from './role.ts';

/** A component as it runs in the project. */
export interface Part {
  readonly component: Component;
  /** Name of its service and its host; allocated, safe. */
  readonly host: string;
  readonly role: Role;
  readonly image: string;
  /** Port that it listens on inside the project. */
  readonly port: number;
  /** Path that answers while it is alive, for what speaks HTTP. */
  readonly health: string;
  /** Instances in the design, per shard and copy, and here. */
  readonly designed: number;
  readonly here: number;
  readonly notes: readonly string[];
  /** Service of the copies that follow the primary, where there are any. */
  readonly replicaHost?: string;
  /** Clients call it directly. */
  readonly entry: boolean;
}

/** A stop of a flow as the parts see it. */
export interface Visit {
  readonly flow: Flow;
  readonly stop: number;
  readonly part: Part;
  /** Paths by which requests for it arrive; the first is the one to call it by. */
  readonly paths: readonly string[];
}

/** What a stand-in does. */
export interface Behaviour {
  readonly part: Part;
  readonly targets: readonly Target[];
  readonly routes: readonly Route[];
  readonly consumers: readonly ConsumerPlan[];
  readonly timers: readonly { readonly path: string; readonly everyMs: number }[];
  /** Parts that it calls, in order of first use. */
  readonly calls: readonly Part[];
}

export interface ConsumerPlan {
  readonly broker: Part;
  readonly group: string;
  readonly handles: readonly { readonly message: string; readonly path: string }[];
}

/** Where a load balancer, gateway or CDN sends requests on these paths. */
export interface Passage {
  readonly paths: readonly string[];
  readonly to: readonly { readonly part: Part; readonly share: number }[];
  /** The answers are kept (a CDN or gateway whose step goes on only on a miss). */
  readonly cached: boolean;
}

export interface Router {
  readonly part: Part;
  readonly passages: readonly Passage[];
}

/** The design as a set of services, before any format is thought of. Everything is in the design's order. */
export interface Project {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly behaviours: ReadonlyMap<Part, Behaviour>;
  readonly routers: ReadonlyMap<Part, Router>;
  /** Entry points: which flow a client starts where. */
  readonly entries: readonly { readonly flow: string; readonly path: string; readonly part: Part }[];
}
