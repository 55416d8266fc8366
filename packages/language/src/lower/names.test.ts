import { check } from '@sysd/testkit';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const language = { rules: false };

describe('names', () => {
  it('are one space; the first declaration counts', () => {
    check(
      `
      system S
      service api
      cache api
            ~~~ duplicate-name: there is a component api already; names are one space: choose another
      flow api from api at 1/s { }
           ~~~ duplicate-name: there is a component api already; names are one space: choose another
      `,
      language,
    );
  });

  it('that are unknown get a suggestion', () => {
    check(
      `
      system S
      servise api
      ~~~~~~~ unknown-kind: servise is no kind of component; did you mean service?
      server web2
      ~~~~~~ unknown-kind: server is no kind of component; did you mean service?
      Load-Balancer edge
      ~~~~~~~~~~~~~ unknown-kind: Load-Balancer is no kind of component; did you mean loadbalancer?
      orders payments read
      ~~~~~~~~~~~~~~~ syntax: a step needs an arrow: orders -> payments
      database db: postgress
                   ~~~~~~~~~ unknown-name: there is no technology postgress; did you mean postgres?
      database legacy: zzz
                       ~~~ unknown-name: there is no technology zzz; declare it (technology zzz: database { … }) or leave it out
      cache c: postgres
               ~~~~~~~~ invalid-value: postgres is a technology for database, not for a cache
      service web { replica: 2 }
                    ~~~~~~~ unknown-property: a service has no property replica; did you mean replicas?
      service x { shards: 3 by hash(id) }
                  ~~~~~~ unknown-property: shards is no property of a service; it is one of database, cache, search
      flow F from web at 1/s { web -> dbb read }
                                      ~~~ unknown-name: nothing is called dbb, but a component is due here; did you mean db?
      `,
      language,
    );
  });

  it('may be words of the language, and names of objects of JavaScript', () => {
    const { design } = check(
      `
      system S
      client client { daily-active: 10 }
      service flow { replicas: 2 }
      database __proto__ { table constructor { row: 1 B } }
      flow when from client at 1/s {
        client -> flow when 50%
        flow -> __proto__ write constructor
      }
      `,
      language,
    );
    expect([...design.components.keys()]).toEqual(['client', 'flow', '__proto__']);
    expect(design.flows.get('when')?.hops.map((h) => h.table)).toEqual([undefined, '__proto__.constructor']);
  });

  it('are recorded where they are used, part by part', () => {
    const text = `
region us { zones: a }
let n = 3
client users { daily-active: 1k }
group cell across us { service api: nodejs { replicas: n in us.a } }
database db { table t { row: 5 B }, query q { from t; where t.x } }
flow F from users at 1/day each {
  users -> api@us
  api -> db read t
  api -> db read q
}
expect users.daily-active <= 2k
scenario "x" { fail us.a }
accept some-rule on db because "y"
`;
    const { references, declarations } = lowerText(text);
    const used = references.map(({ span, target }) => {
      const start = span.block.offset + span.start;
      expect(declarations.has(target), target).toBe(true);
      return `${text.slice(start, span.block.offset + span.end)} → ${target}`;
    });
    for (const expected of [
      'us → us',
      'a → us.a',
      'n → n',
      'nodejs → technology:nodejs',
      't → db.t',
      'q → db.q',
      'users → users',
      'api → api',
      'db → db',
    ]) {
      expect(used).toContain(expected);
    }
    expect(used.every((u) => u.split(' → ')[1]?.endsWith(u.split(' → ')[0] ?? '?'))).toBe(true);
  });
});

describe('files', () => {
  it('see the names of what they import, directly or not, and no others', () => {
    const { design } = check(
      `
      //- /shop.sysd
      system Shop
      import "./orders.sysd"
      client users
      users -> orders
      users -> lb
      //- /orders.sysd
      import "./platform.sysd"
      database orders { replicas: 2 across eu }
      users -> orders
      ~~~~~ unknown-name: users is declared in shop.sysd, which this file does not import
      //- /platform.sysd
      region eu { zones: a, b }
      loadbalancer lb`,
      language,
    );
    expect([...design.components.keys()]).toEqual(['lb', 'orders', 'users']);
    expect(design.uri).toBe('file:///shop.sysd');
  });

  it('that cannot be imported are named', () => {
    check(
      `
      //- /a.sysd
      system A
      import "./missing.sysd"
             ~~~~~~~~~~~~~~~~ import-not-found: there is no readable file ./missing.sysd (looked for file:///missing.sysd)
      import "b.sysd"
             ~~~~~~~~ import-not-found: an import names a file by its relative path, such as "./platform.sysd"; "b.sysd" is none
      import "./b.sysd"
      import "./c.sysd"
      //- /b.sysd
      import "./c.sysd"
      //- /c.sysd
      import "./b.sysd"
             ~~~~~~~~~~ import-cycle: files import each other in a circle: b.sysd → c.sysd → b.sysd; move what both need into a third file
      zone z`,
      language,
    );
  });

  it('have one system', () => {
    check(
      `
      //- /a.sysd
      system A
      import "./b.sysd"
      //- /b.sysd
      system B
             ~ duplicate-name: a design has one system; A is it: remove this one, or do not import its file`,
      language,
    );
  });
});

describe('statements in the wrong place', () => {
  it('are told where they belong, and declarations count nevertheless', () => {
    const { design } = check(
      `
      system S { replicas: 2 }
                 ~~~~~~~~~~~ misplaced-statement: the system has no properties: what it consists of stands outside of its braces
      replicas: 2
      ~~~~~~~~ misplaced-statement: a property stands in the braces of a declaration, not at the top level
      fail x
      ~~~~~~ misplaced-statement: fail stands in the braces of a scenario, not at the top level
      service a {
        table t
              ~ misplaced-statement: a service has no tables and queries; they belong to a store (database, cache, search, blobstore)
        service b
        ~~~~~~~~~ misplaced-statement: this does not belong in a service: put it outside of its braces (is a } missing above?)
      }
      flow F from a at 1/s {
        a b
        ~~~ misplaced-statement: a flow consists of steps: is an arrow missing (a -> b), or a } above?
        a -> b { timeout: 1 s }
               ~~~~~~~~~~~~~~~~ misplaced-statement: how a connection behaves is said outside of flows: a -> … { … } at the top level
      }
      a -> b write 2 KB when 10%
           ~~~~~~~~~~~~ misplaced-statement: operations, sizes and shares belong to the steps of a flow
                        ~~~~~~~~ misplaced-statement: this belongs to a step of a flow; a connection says how calls behave: timeout, retries, pool …
      `,
      language,
    );
    expect([...design.components.keys()]).toEqual(['a', 'b']);
  });

  it('a body behind a broken header belongs to that header', () => {
    const { design } = lowerText('service a typo {\n replicas: 3\n}\nflow F from a at 1/s nonsense {\n a -> b\n}\nservice b');
    expect(design.components.get('a')?.properties.get('replicas')?.text).toBe('3');
    expect(design.flows.get('F')?.hops).toHaveLength(1);
  });
});
