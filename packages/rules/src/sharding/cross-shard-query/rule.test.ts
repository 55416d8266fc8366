import { testRule } from '../../../test/test-rule.ts';
import { crossShardQuery } from './rule.ts';

testRule(crossShardQuery);
