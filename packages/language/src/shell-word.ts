/** A word of a command line as a POSIX shell reads it; PowerShell reads it the same unless there is a quotation mark in it. */
export const shellWord = (text: string): string => (/^[\w./:+-][\w./:@+=-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The same of a file, which is no option whatever its name. */
export const shellFile = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path);
