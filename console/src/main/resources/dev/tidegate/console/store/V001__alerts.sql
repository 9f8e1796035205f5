-- Alerts as they arrived. seq is the order of arrival: page cursor and event id of the live stream.
create table alert (
  seq            bigint generated always as identity primary key,
  alert_id       text not null unique,
  lane           text not null,
  outcome        text not null,
  score          double precision,           -- null where no model answered
  threshold      double precision,
  release        text not null,
  event_time_ms  bigint not null,            -- when the payment was made, milliseconds since 1970 UTC
  created_at_ms  bigint not null,            -- wall clock of the alert, milliseconds since 1970 UTC
  transaction_id text not null,
  payer_account  text not null,              -- first 256 characters; the whole is in detail
  counterparty   text,                       -- payee account, else merchant, else terminal; cut alike
  haystack       text not null,              -- lower case; what a free-text search looks through
  detail         jsonb not null              -- the whole alert; a null among featureValues is "no value"
);

create index alert_by_outcome on alert (outcome, seq desc);
create index alert_by_payer on alert (payer_account, seq desc);
create index alert_by_payer_time on alert (payer_account, event_time_ms desc);
create index alert_by_counterparty on alert (counterparty, seq desc) where counterparty is not null;
create index alert_by_counterparty_time on alert (counterparty, event_time_ms desc)
  where counterparty is not null;

-- Counts by UTC day of the alert, kept in the same transaction as the alerts.
create table alert_day (
  day     bigint not null,               -- days since 1970-01-01, UTC
  outcome text not null,
  alerts  bigint not null,
  primary key (day, outcome)
);

-- Next offset to read, by Kafka's own id of the topic: a topic made anew starts anew.
create table intake_position (
  topic_id    text not null,
  partition   integer not null,
  next_offset bigint not null,
  primary key (topic_id, partition)
);

-- Records of the topic that are no alert, each with its reason.
create table intake_unreadable (
  topic_id   text not null,
  partition  integer not null,
  log_offset bigint not null,
  reason     text not null,
  primary key (topic_id, partition, log_offset)
);
