import { testRule } from '../../../test/test-rule.ts';
import { crossShardJoin } from './rule.ts';

testRule(crossShardJoin);
