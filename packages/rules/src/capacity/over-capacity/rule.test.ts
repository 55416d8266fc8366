import { testRule } from '../../../test/test-rule.ts';
import { overCapacity } from './rule.ts';

testRule(overCapacity);
