import { testRule } from '../../../test/test-rule.ts';
import { asyncWithoutBroker } from './rule.ts';

testRule(asyncWithoutBroker);
