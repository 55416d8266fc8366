import type { Component, Diagnostic } from '@sysd/core';

/** Said where something else runs than what the design names. */
export function noImage(component: Component, message: string): Diagnostic {
  const span = component.technologySpan ?? component.nameSpan;
  return { rule: 'export-no-image', severity: 'info', message, span, element: component.id };
}

/** Said where the export leaves a property of the design out, or does less than it says. */
export function simplified(component: Component, message: string): Diagnostic {
  return { rule: 'export-simplified', severity: 'info', message, span: component.nameSpan, element: component.id };
}
