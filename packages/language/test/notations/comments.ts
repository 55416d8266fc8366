import type { Case } from './places.ts';

export const CASES: readonly Case[] = [
  ['top', '# of mine', '# of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', '## of mine', '## of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', '-- of mine', '-- of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', '%% of mine', '%% of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', "' of mine", "' of mine", 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', '/* of mine */', '/* of mine */', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', '/** of mine', '/** of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', ' */', '*/', 'comments begin with // and go to the end of the line', ' //'],
  ['top', '<!-- of mine -->', '<!-- of mine -->', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', '""" of mine', '""" of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', 'REM of mine', 'REM of mine', 'comments begin with // and go to the end of the line', '// of mine'],
  ['top', 'service a /* of mine */', '/* of mine */', 'comments begin with // and go to the end of the line', 'service a // of mine'],
  ['top', 'service a # of mine', '# of mine', 'comments begin with // and go to the end of the line', 'service a // of mine'],
  ['top', 'service /* of mine */ a', '/* of mine */', 'comments begin with // and go to the end of the line', 'service  a // of mine'],
  ['top', 'let x = 5 -- of mine', '-- of mine', 'comments begin with // and go to the end of the line', 'let x = 5 // of mine'],
  ['lines', 'replicas: 3 # three', '# three', 'comments begin with // and go to the end of the line', 'replicas: 3 // three'],
  ['lines', 'replicas: 3 -- three', '-- three', 'comments begin with // and go to the end of the line', 'replicas: 3 // three'],
  ['lines', 'replicas: 3 /* three */', '/* three */', 'comments begin with // and go to the end of the line', 'replicas: 3 // three'],
  ['lines', '# replicas: 3', '# replicas: 3', 'comments begin with // and go to the end of the line', '// replicas: 3'],
  ['lines', '-- replicas: 3', '-- replicas: 3', 'comments begin with // and go to the end of the line', '// replicas: 3'],
  // The brace may be that of what stands before it.
  ['service', 'cores: 2 # the most', '# the most }', 'comments begin with // and go to the end of the line'],
  // No comment stands in a text.
  ['service', 'image: "a/*b*/c", cores = 2', 'cores =', 'a property is said with a colon: cores:', 'image: "a/*b*/c", cores: 2'],
];
