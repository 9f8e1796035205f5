-- Who is in which cluster, by the newest change of each; who left stays a while, so that an older
-- change that is read later changes nothing. A member is in the cluster that took it in last.
create table entity_member (
  cluster text not null,
  member  text not null,                     -- account or customer, first 256 characters
  at_ms   bigint not null,                   -- event time of the change, milliseconds since 1970 UTC
  present boolean not null,
  over    boolean not null,                  -- the cluster was taken in by another at that time
  primary key (cluster, member)
);

create index entity_member_by_member on entity_member (member, at_ms desc) where present;
create index entity_member_gone on entity_member (at_ms) where not present;

-- Links as of when one of the two came in. Shown while both are in one cluster.
create table entity_link (
  left_member  text not null,
  right_member text not null,
  at_ms        bigint not null,
  weight       double precision not null,
  detail       jsonb not null,               -- the whole link with its reasons
  primary key (left_member, right_member)
);

create index entity_link_by_right on entity_link (right_member);
