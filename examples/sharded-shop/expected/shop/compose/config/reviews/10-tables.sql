-- Made by sysd from the design ShardedShop. Exporting again replaces this file.
CREATE TABLE "review" (
  sysd_id bigserial PRIMARY KEY,
  "review_id" text,
  "product_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "review" ("review_id");
CREATE INDEX ON "review" ("product_id");

CREATE TABLE sysd_rows (
  sysd_id bigserial PRIMARY KEY,
  key text,
  sysd_payload bytea
);
CREATE INDEX ON sysd_rows (key);
