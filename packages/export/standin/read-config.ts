import { readFileSync } from 'node:fs';
import type { Call, StandinConfig, Step } from '../src/standin/config.ts';

/** Reads and checks the configuration. Throws with a sentence that says what is wrong and where. */
export function readConfig(path: string): StandinConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the configuration ${path}: ${(error as Error).message}. It is mounted by docker-compose.yml.`);
  }
  return parseConfig(text, path);
}

export function parseConfig(text: string, path: string): StandinConfig {
  let config: StandinConfig;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}. Export again, or undo your change.`);
  }
  const problem = problemOf(config);
  if (problem !== undefined) throw new Error(`${path}: ${problem}. Export again, or undo your change.`);
  return config;
}

function problemOf(config: StandinConfig): string | undefined {
  if (typeof config !== 'object' || config === null) return 'expected an object';
  if (!Number.isInteger(config.port) || config.port < 1 || config.port > 65535) return `port ${config.port} is not a port`;
  if (typeof config.health !== 'string' || !config.health.startsWith('/')) return 'health is not a path';
  for (const list of ['targets', 'routes', 'consumers', 'timers'] as const)
    if (!Array.isArray(config[list])) return `${list} is not a list`;
  const targets = new Set(config.targets.map((target) => target.name));
  const paths = new Set<string>();
  for (const route of config.routes) {
    if (typeof route.path !== 'string' || !route.path.startsWith('/')) return `route ${route.path} is not a path`;
    if (paths.has(route.path)) return `route ${route.path} is there twice`;
    paths.add(route.path);
    const seen = new Set<string>();
    for (const step of route.steps) {
      const wrong = stepProblem(step, seen, targets);
      if (wrong !== undefined) return `route ${route.path}, step ${step.id}: ${wrong}`;
    }
  }
  for (const consumer of config.consumers) {
    if (!targets.has(consumer.target)) return `consumer of ${consumer.target}, which is no target`;
    for (const { path } of consumer.handles) if (!paths.has(path)) return `consumer of ${consumer.topic} runs ${path}, which is no route`;
  }
  for (const timer of config.timers) {
    if (!paths.has(timer.path)) return `timer for ${timer.path}, which is no route`;
    if (!(timer.everyMs > 0)) return `timer for ${timer.path} every ${timer.everyMs} ms`;
  }
  return undefined;
}

function stepProblem(step: Step, seen: Set<string>, targets: ReadonlySet<string>): string | undefined {
  if (seen.has(step.id)) return 'is there twice';
  if (!(step.when >= 0 && step.when <= 1)) return `when ${step.when} is not a share`;
  if (!(step.times >= 0)) return `times ${step.times} is not a count`;
  if (!Array.isArray(step.choices) || step.choices.length === 0) return 'calls nothing';
  for (const id of step.onMiss) if (!seen.has(id)) return `on miss of ${id}, which is no earlier step`;
  seen.add(step.id);
  for (const { call } of step.choices)
    for (const target of targetsOf(call)) if (!targets.has(target)) return `calls ${target}, which is no target`;
  return step.otherwise === undefined ? undefined : stepProblem(step.otherwise, seen, targets);
}

function targetsOf(call: Call): readonly string[] {
  if (call.kind === 'sql') return call.targets;
  return call.kind === 'resolve' || call.target === '' ? [] : [call.target];
}
