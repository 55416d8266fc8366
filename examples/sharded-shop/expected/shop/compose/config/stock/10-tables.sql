-- Made by sysd from the design ShardedShop. Exporting again replaces this file.
CREATE TABLE sysd_rows (
  sysd_id bigserial PRIMARY KEY,
  key text,
  sysd_payload bytea
);
CREATE INDEX ON sysd_rows (key);
