import type { Case } from './places.ts';

export const CASES: readonly Case[] = [
  ['top', 'let x 5 MB', 'let x 5 MB', 'a number is named with let: let x = 5 MB', 'let x = 5 MB'],
  ['top', 'let x: 5 MB', 'let x: 5 MB', 'a number is named with let: let x = 5 MB', 'let x = 5 MB'],
  ['top', 'let x := 5 MB', 'let x := 5 MB', 'a number is named with let: let x = 5 MB', 'let x = 5 MB'],
  ['top', 'const x = 5 MB', 'const x = 5 MB', 'a number is named with let: let x = 5 MB', 'let x = 5 MB'],
  ['top', 'var x = 5', 'var x = 5', 'a number is named with let: let x = 5', 'let x = 5'],
  ['top', 'x = 5', 'x = 5', 'a number is named with let: let x = 5', 'let x = 5'],
  ['top', 'let x = 2**10', '**', 'a power is written with ^: 2 ^ 10', 'let x = 2 ^ 10'],
  ['top', 'let x = -3', '-3', 'a number has no sign: write 0 - 3', 'let x = 0 - 3'],
  ['top', 'expect 3 = 3', '=', 'expect compares with <=, >=, ==, !=, < or >: write ==', 'expect 3 == 3'],
  ['top', 'expect 3 =< 5', '=<', 'expect compares with <=, >=, ==, !=, < or >: write <=', 'expect 3 <= 5'],
  ['top', 'expect 3 === 3', '===', 'expect compares with <=, >=, ==, !=, < or >: write ==', 'expect 3 == 3'],
  ['top', 'a = service "A"', 'a = service "A"', 'a component is declared by its kind and name: service a "A"', 'service a "A"'],
  [
    'top',
    'a = container "A" "Go"',
    'a = container "A" "Go"',
    'a component is declared by its kind and name: service a "A"',
    'service a "A"',
  ],
  [
    'top',
    'a = softwareSystem "A"',
    'a = softwareSystem "A"',
    'a component is declared by its kind and name: service a "A"',
    'service a "A"',
  ],
  ['top', 'a = person "A"', 'a = person "A"', 'a component is declared by its kind and name: client a "A"', 'client a "A"'],
  [
    'top',
    'accept single-point-of-failure on api because fine',
    'fine',
    'a reason stands in double quotes',
    'accept single-point-of-failure on api because "fine"',
  ],
  ['top', 'let x 4 = TB', '4', 'expected = after x, found 4'],
  // It may be the beginning of a name, and the line of one.
  ['top', 'two', 'two', 'expected a name after two, found the end of the line'],
  ['top', 'a = lambda "A"', 'a = lambda "A"', 'a component is declared by its kind and name: function a "A"', 'function a "A"'],
];
