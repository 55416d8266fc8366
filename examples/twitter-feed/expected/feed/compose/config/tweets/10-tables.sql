-- Made by sysd from the design Feed. Exporting again replaces this file.
CREATE TABLE "tweet" (
  sysd_id bigserial PRIMARY KEY,
  "tweet_id" text,
  "author_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "tweet" ("tweet_id");
CREATE INDEX ON "tweet" ("author_id");

CREATE TABLE "follow" (
  sysd_id bigserial PRIMARY KEY,
  "follow_id" text,
  "follower_id" text,
  "followee_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "follow" ("follow_id");
CREATE INDEX ON "follow" ("follower_id");

CREATE TABLE sysd_rows (
  sysd_id bigserial PRIMARY KEY,
  key text,
  sysd_payload bytea
);
CREATE INDEX ON sysd_rows (key);
