import type {
  Analysis,
  Component,
  Design,
  Diagnostic,
  Fix,
  Flow,
  FlowAvailability,
  ObjectiveResult,
  Related,
  Severity,
  Span,
} from '@sysd/core';
import type { DesignIndex } from './shared/design-index.ts';
import type { JudgedPoint } from './shared/single-points/points.ts';

/** Categories of rules, in the order of the documentation. Each is a folder of `src`. */
export const CATEGORIES = {
  availability: 'What stops working when one thing fails',
  resilience: 'What failing calls do to the rest',
  capacity: 'Whether it carries the load',
  latency: 'Whether it answers in time',
  consistency: 'Whether readers see what they need to see',
  sharding: 'What data spread over shards costs',
  model: 'Whether the design says what its author means',
  language: 'Whether the text can be read',
  export: 'What an export leaves out',
} as const;

export type Category = keyof typeof CATEGORIES;

/** A complete design as text. Tests run every one. */
export interface Example {
  /** What it shows, in a few words; absent where it is what the heading above it says. */
  readonly title?: string;
  readonly text: string;
}

/** What a page of documentation and `sysd explain` say about an id that a diagnostic can carry. */
export interface Explanation {
  readonly id: string;
  readonly category: Category;
  /** Severity unless the finding or the user's settings say another. */
  readonly severity: Severity;
  /** One sentence: what is reported. */
  readonly summary: string;
  /** Why it matters. Paragraphs are separated by an empty line. */
  readonly why: string;
  /** What to do about it. */
  readonly doInstead: string;
  readonly docs: {
    /** Designs with the fault: each must be reported under this id. */
    readonly avoid: readonly Example[];
    /** The same without the fault: nothing may be reported under this id. */
    readonly prefer: readonly Example[];
    readonly references: readonly { readonly title: string; readonly url?: string }[];
  };
  /** Whether some findings come with a quick fix. */
  readonly fixable: boolean;
  /** Whether a host computes changes for a finding when it is asked for them: they take too long to be a part of it. */
  readonly changesOnRequest?: true;
}

/** Sentences of a rule by name; each takes what it needs to know as one object. */
export type Messages = Readonly<Record<string, (data: never) => string>>;

interface FindingPlace<Subject> {
  readonly span: Span;
  /** The element that the finding is about: what `accept` names. */
  readonly element: string;
  /** Further elements that it concerns, such as the flows that fail. */
  readonly affects?: readonly string[];
  /** Id of the failure event that it is about. */
  readonly event?: string;
  readonly related?: readonly Related[];
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly tags?: Diagnostic['tags'];
  /** True of what the author may think worth accepting but nobody needs to be told: reported only where an `accept` names it. */
  readonly quiet?: boolean;
  /** What the rule's `fix` needs; without it no fix is offered. */
  readonly subject?: Subject;
}

/** What `report` takes: the name of a message with its data, and where. */
export type Finding<M extends Messages, Subject> = {
  readonly [K in keyof M & string]: FindingPlace<Subject> & { readonly message: K; readonly data: Parameters<M[K]>[0] };
}[keyof M & string];

/** What a rule sees. Whatever it reads of it is recorded: its findings are kept as long as nothing of that changes. */
export interface Input {
  readonly design: Design;
  readonly analysis: Analysis;
  /** What is asked of the design again and again, by component. */
  readonly index: DesignIndex;
  /** What alone makes flows fail, as far as there is something to tell, under the keys of `points.ts`. */
  readonly points: Pick<ReadonlyMap<string, JudgedPoint>, 'get'>;
}

/** An availability objective and what the flow comes to. */
export interface JudgedObjective {
  readonly flow: Flow;
  readonly reached: FlowAvailability;
  readonly result: ObjectiveResult;
}

/** What a rule can be asked about one by one. */
export interface Subjects {
  readonly component: Component;
  readonly flow: Flow;
  /** What alone makes flows fail. */
  readonly point: JudgedPoint;
  /** Exact, so it takes longer than a key may: asked about when the rest has been told (`judgeLater`). */
  readonly objective: JudgedObjective;
  /** A flow, asked about when the rest has been told (`flowJudge`), as it takes longer than a key may. */
  readonly 'flow-later': Flow;
}

export interface CheckContext<M extends Messages, Subject> extends Input {
  readonly report: (finding: Finding<M, Subject>) => void;
}

/** What a rule about findings sees: those of all other rules, with accepts applied, and every id that exists. */
export interface ReviewContext<M extends Messages, Subject> extends CheckContext<M, Subject> {
  readonly findings: readonly Diagnostic[];
  /** Accepts that matched a finding, by their place in `design.accepts`. */
  readonly usedAccepts: ReadonlySet<number>;
  /** Rules that did not run: switched off, or failed. */
  readonly silent: ReadonlySet<string>;
  /** Ids of all rules. */
  readonly rules: readonly string[];
}

/** What a check sees beside what the subject is: those that are asked later see less. */
interface Seen {
  readonly objective: 'design';
  readonly 'flow-later': 'design' | 'analysis';
}

export type EachCheck<M extends Messages, Subject> = {
  readonly [K in keyof Subjects]: {
    readonly each: K;
    readonly run: (
      subject: Subjects[K],
      context: K extends keyof Seen ? Pick<CheckContext<M, Subject>, Seen[K] | 'report'> : CheckContext<M, Subject>,
    ) => void;
  };
}[keyof Subjects];

export interface RuleDefinition<M extends Messages, Subject> extends Omit<Explanation, 'fixable'> {
  readonly messages: M;
  /**
   * Reports findings, of one subject at a time where each is found by looking at that and what it is tied to, else of the design as a
   * whole (which is looked at again whenever anything of it changes that the check read). Sees plain data only and must not change it.
   */
  readonly check?: ((context: CheckContext<M, Subject>) => void) | EachCheck<M, Subject>;
  /** For rules about findings: runs after every `check`. */
  readonly review?: (context: ReviewContext<M, Subject>) => void;
  /** Fixes for a finding, the right one first; empty where none is sure. */
  readonly fix?: (subject: Subject, input: Input) => readonly Fix[];
}

/** A rule with its types erased: its findings come out as diagnostics. */
export interface Rule extends Explanation {
  /** `design`: of the design as a whole; then there is no subject. */
  readonly check?: {
    readonly each: keyof Subjects | 'design';
    /** Asked about apart from `runRules`, as it takes longer than a key may. */
    readonly later: boolean;
    readonly run: (subject: Subjects[keyof Subjects] | undefined, input: Input) => Raw[];
  };
  readonly review?: (input: Input & Pick<ReviewContext<Messages, unknown>, 'findings' | 'usedAccepts' | 'silent' | 'rules'>) => Raw[];
}

/** A diagnostic on its way, before accepts are applied. */
export interface Raw {
  readonly diagnostic: Diagnostic;
  readonly quiet: boolean;
}

/**
 * Defines a rule: its documentation, its sentences, what it reports and how that is fixed. One file a rule. `Subject` is what `check`
 * hands over to `fix`.
 */
export function defineRule<const M extends Messages, Subject = undefined>(definition: RuleDefinition<M, Subject>): Rule {
  const { messages, check, review, fix, ...explanation } = definition;
  const collect = (input: Input, run: (report: (finding: Finding<M, Subject>) => void) => void): Raw[] => {
    const raws: Raw[] = [];
    run((finding) => {
      const write = messages[finding.message] as (data: unknown) => string;
      const fixes = fix && finding.subject !== undefined ? fix(finding.subject, input) : [];
      raws.push({
        quiet: finding.quiet ?? false,
        diagnostic: {
          rule: definition.id,
          severity: finding.severity ?? definition.severity,
          message: write(finding.data),
          span: finding.span,
          element: finding.element,
          ...(finding.affects?.length ? { affects: finding.affects } : {}),
          ...(finding.event === undefined ? {} : { event: finding.event }),
          ...(finding.related?.length ? { related: finding.related } : {}),
          ...(finding.tags ? { tags: finding.tags } : {}),
          ...(fixes.length > 0 ? { fixes } : {}),
        },
      });
    });
    return raws;
  };
  return {
    ...explanation,
    fixable: fix !== undefined,
    ...(check
      ? {
          check: {
            each: typeof check === 'function' ? 'design' : check.each,
            later: typeof check !== 'function' && (check.each === 'objective' || check.each === 'flow-later'),
            run: (subject, input) => collect(input, (report) => runCheck(check, subject, { ...input, report })),
          },
        }
      : {}),
    ...(review ? { review: (input) => collect(input, (report) => review({ ...input, report })) } : {}),
  };
}

function runCheck<M extends Messages, Subject>(
  check: NonNullable<RuleDefinition<M, Subject>['check']>,
  subject: Subjects[keyof Subjects] | undefined,
  context: CheckContext<M, Subject>,
): void {
  if (typeof check === 'function') check(context);
  // The runner hands over subjects of the sort that the check asks for.
  else (check.run as (subject: unknown, context: CheckContext<M, Subject>) => void)(subject, context);
}
