import { unreachableComponent } from './model/unreachable-component/rule.ts';
import { unusedAccept } from './model/unused-accept/rule.ts';
import { unusedComponent } from './model/unused-component/rule.ts';
import type { Rule } from './rule.ts';

/** Every rule, in the order of the documentation: by category, then by id. A test compares it with the folders. */
export const RULES: readonly Rule[] = [unreachableComponent, unusedAccept, unusedComponent];
