import { analyse, classifyQuery, effectsOf } from '@sysd/analysis';
import { type Design, findQuery, known, type Query } from '@sysd/core';
import { lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';

/** A text without errors as a design. */
function design(text: string, scenario?: string): Design {
  const lowered = lowerText(text, scenario === undefined ? {} : { scenario });
  expect(lowered.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  return lowered.design as Design;
}

const singles = (text: string, scenario?: string): string[] =>
  analyse(design(text, scenario)).failures.singles.map((s) => `${s.flow}${s.completion ? ' completion' : ''}: ${s.event.label}`);

describe('estimates of texts', () => {
  it('gives the published figures of the feed from its inputs alone', () => {
    const d = design(`system Feed
client users { daily-active: 100M }
service api { replicas: 25, cores: 4, cpu-time: 10 ms }
database tweets { table tweet { row: 400 B } }
blobstore media
flow PostTweet from users at 10/day each {
  users -> api
  api -> tweets write tweet
  api -> media write 2 MB when 10%
}
flow ReadTweet from users at 1000/day each {
  users -> api
  api -> tweets read tweet
}`);
    const { traffic, storage } = analyse(d);
    expect((known(traffic.flows.get('PostTweet')?.demand.average) ?? 0) * 86_400).toBeCloseTo(1e9, 3);
    expect((known(traffic.flows.get('ReadTweet')?.demand.average) ?? 0) * 86_400).toBeCloseTo(1e11, 1);
    expect(known(traffic.components.get('tweets')?.writes.average)).toBeCloseTo(11_574.07, 2);
    expect(known(traffic.components.get('tweets')?.reads.average)).toBeCloseTo(1_157_407.4, 1);
    expect(known(storage.durable.perDay)).toBeCloseTo(200.4e12, -2);
  });

  it('needs 100 cores and 25 servers of 4 for 10,000/s of 10 ms, 36 at 70 %', () => {
    const api = analyse(
      design(`system S
client users { peak: 1x }
service api { cores: 4, cpu-time: 10 ms, replicas: 25 }
flow F from users at 10000/s {
  users -> api
}`),
    ).traffic.components.get('api');
    expect(known(api?.cores)).toBeCloseTo(100);
    expect(known(api?.replicasAtFull)).toBe(25);
    expect(known(api?.replicasNeeded)).toBe(36);
  });
});

describe('single failures of texts', () => {
  const voters = (zones: string) => `system S
zone a
zone b
zone c
client users
database ledger: etcd { replicas: 3 in ${zones} }
flow Pay from users at 1/s {
  users -> ledger write
}`;

  it('three voters on zones a, a, b hang on zone a; on a, b, c on none', () => {
    expect(singles(voters('a, a, b'))).toEqual(['Pay: zone a']);
    expect(singles(voters('a, b, c'))).toEqual([]);
  });

  const shop = (more: string) => `system S
region us { zones: a, b }
client users
loadbalancer lb: haproxy { ${more} }
service api { replicas: 2 across us, health: http "/h" every 5 s }
database orders: postgres { replicas: 2 across us, failover: automatic }
flow Order from users at 1/s {
  users -> lb -> api
  api -> orders write
}
scenario "Lose zone a" { fail us.a }`;

  it('an active-passive load balancer is no single failure, one instance is', () => {
    expect(singles(shop('replicas: 2 across us, mode: active-passive, failover: automatic'))).toEqual(['Order: region us']);
    expect(singles(shop('replicas: 1'))).toEqual(['Order: the only instance of lb', 'Order: region us']);
  });

  it('a lost zone makes everything in the other one indispensable', () => {
    expect(singles(shop('replicas: 2 across us, mode: active-passive, failover: automatic'), 'Lose zone a')).toEqual([
      'Order: the only standby of lb in us.b',
      'Order: an instance of api in us.b',
      'Order: the only standby of orders in us.b',
      'Order: region us',
      'Order: zone us.b',
    ]);
  });
});

describe('queries of texts', () => {
  it('tells cross-shard joins from co-located ones and reference tables', () => {
    const d = design(`system S
database db: postgres {
  shards: 8 by hash(customer_id)
  table customer { key: customer_id, shard-key: customer_id }
  table order { key: order_id, shard-key: customer_id }
  table review { key: review_id, shard-key: product_id }
  table country { key: code }
  query mine {
    join order.customer_id = customer.customer_id
    where customer.customer_id
  }
  query reviews {
    join review.author_id = customer.customer_id
    where customer.customer_id
  }
  query abroad {
    join customer.country = country.code
    where customer.customer_id
  }
}`);
    const plan = (name: string) => classifyQuery(d, findQuery(d, `db.${name}`) as Query);
    expect(plan('mine')).toMatchObject({ shardLocal: true, scatter: false, crossShardJoins: [] });
    expect(plan('abroad')).toMatchObject({ shardLocal: true, referenceTables: ['db.country'] });
    const reviews = plan('reviews');
    expect(reviews.crossShardJoins.map((j) => j.reason)).toEqual([
      'review is sharded by product_id and customer by customer_id, which the join does not equate',
    ]);
    expect(reviews.unpinned.map((u) => u.table)).toEqual(['db.review']);
  });
});

describe('bytes of what a broker hands on', () => {
  const ingress = (steps: string) =>
    analyse(
      design(`system S
client users { peak: 1x }
service api
queue mails
worker mailer
flow F from users at 10/s {
  users -> api
${steps}
}`),
    ).traffic.components.get('mailer')?.ingress;

  it('is what was published', () => {
    expect(known(ingress('  api ~> mails publish 500 B\n  mails ~> mailer'))).toBe(5000);
    expect(known(ingress('  api ~> mails publish 500 B when 10%\n  mails ~> mailer times 3'))).toBe(1500);
  });

  it('is what the step says, if it says it', () => {
    expect(known(ingress('  api ~> mails publish 500 B\n  mails ~> mailer consume 2 KB'))).toBe(20_000);
  });

  it('is not known where messages of several sizes are published, or one of none', () => {
    expect(ingress('  api ~> mails publish 500 B\n  api ~> mails publish 1 KB\n  mails ~> mailer')).toMatchObject({
      notEstimated: expect.any(String),
    });
    expect(ingress('  api ~> mails publish\n  mails ~> mailer')).toMatchObject({ notEstimated: expect.any(String) });
  });
});

describe('what fails of an autoscaled service', () => {
  // 200/s at 100/s and 60 %: four run at peak, within 2..6.
  const state = (failed: string) => {
    const lowered = lowerText(
      `system S
client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { autoscale: 2..6 at cpu 60%, capacity: 100/s, health: tcp }
flow F from users at 200/s {
  users -> lb -> api
}`,
      { fail: [failed] },
    );
    return effectsOf(lowered.design as Design).map((e) => [e.state, ...e.reasons.map((r) => r.text)]);
  };

  it('counts the instances that the peak runs', () => {
    expect(state('api 1')).toEqual([['degraded', '1 of 4 instances of api is down']]);
    expect(state('api 4')).toEqual([['fails', '4 of 4 instances of api are down']]);
  });
});

it('needs instances of the copies that are left alone', () => {
  const text = `system S
region eu
region us
client users { peak: 1x }
group cell across eu, us {
  service web { replicas: 4, capacity: 100/s }
}
flow F from users at 280/s {
  users -> web
}
scenario "One region" { fail eu }`;
  // 280/s at 70 % of 100/s: 2 in each of two regions; 4 in the one that is left.
  expect(known(analyse(design(text)).traffic.components.get('web')?.replicasNeeded)).toBe(4);
  expect(known(analyse(design(text, 'One region')).traffic.components.get('web')?.replicasNeeded)).toBe(4);
});
