import { testRule } from '../../../test/test-rule.ts';
import { capMismatch } from './rule.ts';

testRule(capMismatch);
