export interface LabelLineText {
  readonly before: string;
  /** Drawn bold. */
  readonly value: string;
  readonly after: string;
}

/** `read **347 k/s** on miss`, in its three parts with the spaces between them. */
export function labelLineText(operation: string, rate: string | undefined, condition: string | undefined): LabelLineText {
  return {
    before: rate === undefined ? operation : `${operation} `,
    value: rate ?? '',
    after: condition === undefined ? '' : ` ${condition}`,
  };
}
