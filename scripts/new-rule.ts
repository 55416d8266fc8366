// `npm run new-rule category/id`: the folder of a new rule with its file and its test, and its line in the registry.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CATEGORIES } from '../packages/rules/src/index.ts';

/** The files of a new rule: path under `packages/rules/src` → text. `registry` is the registry as it is. */
export function scaffold(path: string, registry: string): { files: Map<string, string> } | { error: string } {
  const [, category, id] = /^([a-z]+)\/([a-z]+(?:-[a-z]+)*)$/.exec(path) ?? [];
  if (!category || !id || !Object.hasOwn(CATEGORIES, category)) {
    return { error: `Usage: npm run new-rule category/rule-id, where category is one of ${Object.keys(CATEGORIES).join(', ')}` };
  }
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return {
    files: new Map([
      [`${category}/${id}/rule.ts`, ruleText(category, id, name)],
      [`${category}/${id}/rule.test.ts`, testText(name)],
      ['registry.ts', register(registry, category, id, name)],
    ]),
  };
}

function register(registry: string, category: string, id: string, name: string): string {
  const order = Object.keys(CATEGORIES);
  const rank = (line: string): [number, string] => {
    const [, at = '', rule = ''] = /'\.\/([a-z]+)\/([a-z-]+)\/rule\.ts'/.exec(line) ?? [];
    return [order.indexOf(at), rule];
  };
  const imported = [...registry.matchAll(/^import \{ \w+ \} from '\.\/[a-z]+\/[a-z-]+\/rule\.ts';$/gm)].map((m) => m[0]);
  const lines = [...imported, `import { ${name} } from './${category}/${id}/rule.ts';`];
  const sorted = lines.toSorted((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || (x[1] < y[1] ? -1 : 1);
  });
  const names = sorted.map((line) => /\{ (\w+) \}/.exec(line)?.[1]);
  const type = "import type { Rule } from './rule.ts';";
  const imports = [...lines, type].toSorted((a, b) => ((a.split("'")[1] ?? '') < (b.split("'")[1] ?? '') ? -1 : 1));
  const comment = registry.slice(registry.indexOf('/**'), registry.indexOf('export const RULES'));
  return `${imports.join('\n')}\n\n${comment}export const RULES: readonly Rule[] = [\n${names.map((n) => `  ${n},`).join('\n')}\n];\n`;
}

const ruleText = (category: string, id: string, name: string): string => `import { defineRule } from '../../rule.ts';

export const ${name} = defineRule({
  id: '${id}',
  category: '${category}',
  severity: 'warning',
  summary: 'TODO one sentence: what is reported.',
  why: 'TODO why it matters.',
  doInstead: 'TODO what to do about it.',
  messages: {
    found: (d: { component: string }) => \`TODO what is wrong with \${d.component}, why, and what to do.\`,
  },
  docs: {
    avoid: [{ title: 'TODO a design with the fault', text: 'system Example\\n' }],
    prefer: [{ title: 'TODO the same without it', text: 'system Example\\n' }],
    references: [{ title: 'TODO who says so' }],
  },
  check: {
    each: 'component',
    run(component, { report }) {
      if (component.id !== 'TODO') return;
      report({ message: 'found', data: { component: component.id }, span: component.nameSpan, element: component.id });
    },
  },
});
`;

const testText = (name: string): string => `import { testRule } from '../../../test/test-rule.ts';
import { ${name} } from './rule.ts';

// Its avoid and prefer examples, and its fixes. What is particular to the rule follows.
testRule(${name});
`;

function main(path: string | undefined): number {
  const src = new URL('../packages/rules/src/', import.meta.url);
  const made = scaffold(path ?? '', readFileSync(new URL('registry.ts', src), 'utf8'));
  if ('error' in made) {
    console.error(made.error);
    return 2;
  }
  if (existsSync(new URL(`${path}/rule.ts`, src))) {
    console.error(`packages/rules/src/${path} exists already`);
    return 2;
  }
  mkdirSync(new URL(`${path}/`, src), { recursive: true });
  for (const [file, text] of made.files) {
    writeFileSync(new URL(file, src), text);
    console.log(`wrote packages/rules/src/${file}`);
  }
  console.log('Next: fill in the TODOs, then npx vitest run packages/rules, then npm run generate:rule-docs');
  return 0;
}

if (import.meta.main) process.exit(main(process.argv[2]));
