import { testRule } from '../../../test/test-rule.ts';
import { unreachableComponent } from './rule.ts';

testRule(unreachableComponent);
