import { type Lowered, type LowerOptions, lowerProject } from './lower/lower.ts';
import { projectLoader } from './project/project.ts';
import { standardLibrary } from './standard-library.ts';

/**
 * Lowers texts held in memory, with the standard library: for tests, documentation and playgrounds.
 * @param files text by URI; the first one is the root
 */
export function lowerText(files: string | ReadonlyMap<string, string>, options: LowerOptions = {}): Lowered {
  const texts = typeof files === 'string' ? new Map([['file:///design.sysd', files]]) : files;
  const root = texts.keys().next().value ?? 'file:///design.sysd';
  const project = projectLoader((uri) => texts.get(uri), standardLibrary()).load(root);
  if (!project) throw new Error('no files were given');
  return lowerProject(project, options);
}
