/** Functions of expressions, with what they give. */
export const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['ceil', 'The next whole number upwards.'],
  ['floor', 'The next whole number downwards.'],
  ['round', 'The nearest whole number.'],
  ['min', 'The smallest of the values.'],
  ['max', 'The largest of the values.'],
  ['log2', 'Logarithm to base 2.'],
  ['sqrt', 'Square root.'],
]);
