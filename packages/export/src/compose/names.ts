/**
 * Hands out names that are safe everywhere a name goes in a compose project (service, host, volume, file, configuration): lower-case
 * letters, digits and inner hyphens, at most 40 characters. Two ids never get the same name.
 */
export function createNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const base = slug(wanted);
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
    taken.add(name);
    return name;
  };
}

export function slug(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(letters) ? letters : `x-${letters}`.replace(/-$/, '');
}

/** A request path as configurations may contain it literally, or undefined if the author's text is not one. */
export function safePath(text: string): string | undefined {
  return /^\/[A-Za-z0-9._~/%?=&-]*$/.test(text) ? text : undefined;
}
