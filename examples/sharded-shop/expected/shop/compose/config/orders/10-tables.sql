-- Made by sysd from the design ShardedShop. Exporting again replaces this file.
CREATE TABLE "customer" (
  sysd_id bigserial PRIMARY KEY,
  "customer_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "customer" ("customer_id");

CREATE TABLE "order" (
  sysd_id bigserial PRIMARY KEY,
  "order_id" text,
  "customer_id" text,
  "day" text,
  "seller_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "order" ("order_id");
CREATE INDEX ON "order" ("customer_id");
CREATE INDEX ON "order" ("day");

CREATE TABLE "order_line" (
  sysd_id bigserial PRIMARY KEY,
  "line_id" text,
  "customer_id" text,
  "order_id" text,
  "product_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "order_line" ("line_id");
CREATE INDEX ON "order_line" ("customer_id");

CREATE TABLE "invoice" (
  sysd_id bigserial PRIMARY KEY,
  "invoice_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "invoice" ("invoice_id");

CREATE TABLE "seller" (
  sysd_id bigserial PRIMARY KEY,
  "seller_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "seller" ("seller_id");

CREATE TABLE "product" (
  sysd_id bigserial PRIMARY KEY,
  "product_id" text,
  sysd_payload bytea
);
CREATE INDEX ON "product" ("product_id");

CREATE TABLE sysd_rows (
  sysd_id bigserial PRIMARY KEY,
  key text,
  sysd_payload bytea
);
CREATE INDEX ON sysd_rows (key);
