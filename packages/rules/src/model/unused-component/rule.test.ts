import { testRule } from '../../../test/test-rule.ts';
import { unusedComponent } from './rule.ts';

testRule(unusedComponent);
