/**
 * By falling criticality, then Birnbaum importance. What differs in the last digits only is equal: whether one of two alike zones comes first must
 * not depend on rounding.
 */
export function byImportance(
  a: { readonly criticality: number; readonly birnbaum: number },
  b: { readonly criticality: number; readonly birnbaum: number },
): number {
  return figures(b.criticality) - figures(a.criticality) || figures(b.birnbaum) - figures(a.birnbaum);
}

const figures = (value: number): number => Number(value.toPrecision(9));
