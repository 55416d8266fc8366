import { didYouMean, type Fix, type Span } from '@sysd/core';
import { defineRule } from '../../rule.ts';

interface Subject {
  readonly accept: Span;
  readonly misspelt?: { readonly span: Span; readonly id: string };
}

export const unusedAccept = defineRule({
  id: 'unused-accept',
  category: 'model',
  severity: 'warning',
  summary: 'An `accept` that silences nothing: the finding is gone, or the rule has another name.',
  why: 'An accepted risk is a decision on record. When the fault has been repaired, the record is wrong, and it would silence the same fault without a word if it came back. A misspelt rule silences nothing at all.',
  doInstead: 'Remove the line, or correct the name of the rule or of the element.',
  messages: {
    nothing: (d: { rule: string; element: string }) =>
      `Nothing to accept: there is no finding ${d.rule} on ${d.element}. If it is repaired, remove this line, or it will hide the fault should it return.`,
    noSuchRule: (d: { rule: string; near: string | undefined }) =>
      `There is no rule ${d.rule}, so this line silences nothing.${d.near === undefined ? ' `sysd explain` lists the rules.' : ` Did you mean ${d.near}?`}`,
  },
  docs: {
    avoid: [
      {
        title: 'The second load balancer has been added, the excuse is still there',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api {
  replicas: 3
  health: http "/healthz" every 5 s
}

flow Browse from users at 20/day each {
  users -> lb -> api
}

accept single-point-of-failure on lb because "The second one comes in May"
`,
      },
      {
        title: 'A misspelt rule',
        text: `system Shop

client users { daily-active: 1M }
service api

flow Browse from users at 20/day each {
  users -> api
}

accept single-point-of-failures on api because "A prototype"
`,
      },
    ],
    prefer: [
      {
        title: 'The accepted fault is there',
        text: `system Shop

client users { daily-active: 1M }
service api

flow Browse from users at 20/day each {
  users -> api
}

accept single-point-of-failure on api because "A prototype; runs on one machine until it has users"
`,
      },
    ],
    references: [
      {
        title: 'ESLint, reportUnusedDisableDirectives: the same idea for source code',
        url: 'https://eslint.org/docs/latest/use/configure/rules',
      },
    ],
  },
  review({ design, usedAccepts, silent, rules, report }) {
    if (design.failed.length > 0) return; // what has failed has no findings; that repairs nothing
    design.accepts.forEach((accept, index) => {
      if (usedAccepts.has(index) || silent.has(accept.rule)) return;
      if (rules.includes(accept.rule)) {
        const data = { rule: accept.rule, element: accept.element };
        report({
          message: 'nothing',
          data,
          span: accept.span,
          element: accept.element,
          subject: { accept: accept.span },
          tags: ['unnecessary'],
        });
        return;
      }
      const near = didYouMean(accept.rule, rules);
      report({
        message: 'noSuchRule',
        data: { rule: accept.rule, near },
        span: accept.ruleSpan,
        element: accept.element,
        subject: { accept: accept.span, ...(near === undefined ? {} : { misspelt: { span: accept.ruleSpan, id: near } }) },
      });
    });
  },
  fix({ accept, misspelt }: Subject): Fix[] {
    if (misspelt) {
      const { id, span } = misspelt;
      return [{ title: `Change to ${id}`, preferred: true, edits: [{ kind: 'replace', span, text: id }] }];
    }
    return [{ title: 'Remove this accept', preferred: true, edits: [{ kind: 'remove', span: accept }] }];
  },
});
