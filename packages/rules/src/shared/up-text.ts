import type { Design } from '@sysd/core';

/** With what a load is carried: everything, or what failures leave. */
export const upText = ({ failed }: Pick<Design, 'failed'>): string =>
  failed.length > 0 ? 'with what the failure leaves' : 'with everything up';
