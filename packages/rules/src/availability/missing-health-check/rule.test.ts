import { testRule } from '../../../test/test-rule.ts';
import { missingHealthCheck } from './rule.ts';

testRule(missingHealthCheck);
