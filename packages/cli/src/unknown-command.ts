/** Commands by what other tools call them. */
const ALSO_CALLED: readonly (readonly [called: RegExp, command: string])[] = [
  [/^(?:lint|validate|verify|test|analy[sz]e|audit|scan)$/, 'sysd check'],
  [/^(?:draw|diagram|svg|plot|show|graph|view|preview)$/, 'sysd render'],
  [/^(?:size|sizes|capacity|cost|load|plan)$/, 'sysd estimate'],
  [/^(?:fmt|prettify|pretty)$/, 'sysd format'],
  [/^(?:rules?|docs?|why)$/, 'sysd explain'],
  [/^(?:server|languageserver|language-server|start)$/, 'sysd lsp --stdio'],
  [/^(?:docker|docker-compose|compose|up|run|deploy)$/, 'sysd export compose FILE --out FOLDER'],
  [/^(?:slo|sla|uptime|reliability)$/, 'sysd availability'],
];

/** A message of the argument parser, with what to type instead where a command is meant that has another name here, or is lacking. */
export function withMeantCommand(message: string, args: readonly string[]): string {
  if (/unknown option '--fix'/.test(message)) return message.replace(/\(Did you mean .*\)/, '(Did you mean sysd check --fix?)');
  const word = /unknown command '([^']*)'/.exec(message)?.[1];
  const meant = word === undefined ? undefined : meantCommand(word, args);
  if (meant === undefined) return message;
  const [first = '', ...rest] = message.split('\n');
  return [first, `(Did you mean ${meant}?)`, ...rest.filter((line) => !line.startsWith('(Did you mean'))].join('\n');
}

function meantCommand(word: string, args: readonly string[]): string | undefined {
  const isPath = /\.sysd$|^\.{1,2}$|[/\\]/.test(word);
  if (isPath) return args[0] === 'export' ? `sysd export compose ${word} --out FOLDER` : `sysd check ${word}`;
  return ALSO_CALLED.find(([called]) => called.test(word.toLowerCase()))?.[1];
}
