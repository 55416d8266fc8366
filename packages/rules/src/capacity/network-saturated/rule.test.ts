import { testRule } from '../../../test/test-rule.ts';
import { networkSaturated } from './rule.ts';

// Its avoid and prefer examples, and its fixes. What is particular to the rule follows.
testRule(networkSaturated);
