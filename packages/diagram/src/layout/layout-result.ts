export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface EdgeRoute {
  /** Corner points from the source to the target. */
  readonly points: readonly Point[];
  /** Room of the label, if the edge has one. */
  readonly label?: Box;
}

/** Positions of everything in a model, as plain data: it can be sent between workers and kept as JSON. Lists run parallel to the model's. */
export interface DiagramLayout {
  /** `layoutKey` of the model for which it was made. */
  readonly key: string;
  readonly width: number;
  readonly height: number;
  /** The cards themselves, without the room for the stack behind them. */
  readonly nodes: readonly Box[];
  readonly frames: readonly Box[];
  readonly edges: readonly EdgeRoute[];
  /** Set when the layout engine failed or took too long: why. The drawing says so. */
  readonly simple?: string;
}
