import { testRule } from '../../../test/test-rule.ts';
import { connectionsExceeded } from './rule.ts';

testRule(connectionsExceeded);
