import { testRule } from '../../../test/test-rule.ts';
import { unusedAccept } from './rule.ts';

testRule(unusedAccept);
