import type { Case } from './places.ts';

const DECLARED = 'a component is declared by its kind and name: ';
const TITLED = 'a component begins with its kind, then has a name and perhaps a title: ';
const STEP = 'a step names components; their titles stand where they are declared, such as ';

export const CASES: readonly Case[] = [
  ['top', '[User Service]', '[User Service]', `${DECLARED}service user-service "User Service"`, 'service user-service "User Service"'],
  ['top', '[Order DB]', '[Order DB]', `${DECLARED}database order-db "Order DB"`, 'database order-db "Order DB"'],
  ['top', '[Billing]', '[Billing]', `${DECLARED}service Billing "Billing"`],
  ['top', 'a1[User Service]', 'a1[User Service]', `${DECLARED}service a1 "User Service"`, 'service a1 "User Service"'],
  ['top', 'component [User API] as ua', 'component [User API] as ua', `${DECLARED}service ua "User API"`, 'service ua "User API"'],
  ['top', 'database "Order DB" as odb', 'database "Order DB" as odb', `${DECLARED}database odb "Order DB"`, 'database odb "Order DB"'],
  ['top', 'Person(u, "Buyer", "Buys")', 'Person(u, "Buyer", "Buys")', `${DECLARED}client u "Buyer"`, 'client u "Buyer"'],
  ['top', 'ContainerDb(d, "Keep")', 'ContainerDb(d, "Keep")', `${DECLARED}database d "Keep"`, 'database d "Keep"'],
  ['top', 'System_Ext(m, "Mail")', 'System_Ext(m, "Mail")', `${DECLARED}external m "Mail"`, 'external m "Mail"'],
  [
    'step',
    '[api] -> [orders] read 1 KB',
    '[api] -> [orders]',
    `${STEP}service api "api", service orders "orders"`,
    'api -> orders read 1 KB',
  ],
  ['step', 'api -> "cart"', 'api -> "cart"', `${STEP}service cart "cart"`, 'api -> cart'],
  [
    'step',
    'api[API] --> cart[Big Cart]',
    'api[API] --> cart[Big Cart]',
    `${STEP}service api "API", service cart "Big Cart"`,
    'api -> cart',
  ],
  ['top', 'ship: Shipping API', 'ship', `${TITLED}service ship "Shipping API"`, 'service ship "Shipping API"'],
  ['top', 'ship: Shipping', 'ship', `${TITLED}service ship "Shipping"`],
];
