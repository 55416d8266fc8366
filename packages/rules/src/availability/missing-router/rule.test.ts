import { testRule } from '../../../test/test-rule.ts';
import { missingRouter } from './rule.ts';

testRule(missingRouter);
