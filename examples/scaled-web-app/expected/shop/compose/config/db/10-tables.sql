-- Made by sysd from the design ScaledWebApp. Exporting again replaces this file.
CREATE TABLE "product" (
  sysd_id bigserial PRIMARY KEY,
  "product_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "product" ("product_id");

CREATE TABLE "order" (
  sysd_id bigserial PRIMARY KEY,
  "order_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "order" ("order_id");

CREATE TABLE sysd_rows (
  sysd_id bigserial PRIMARY KEY,
  key text,
  sysd_payload bytea
);
CREATE INDEX ON sysd_rows (key);
