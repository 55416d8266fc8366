import type { Component, Flow } from '@sysd/core';

/** Its rate follows from the users: it says none, or follows a flow of the client that is. */
export const isClosed =
  ({ id }: Component, flows: readonly Flow[]) =>
  ({ demand, source }: Flow): boolean =>
    source === id &&
    (demand === undefined || (demand.kind === 'flow' && flows.some((f) => f.id === demand.flow && f.demand === undefined)));
