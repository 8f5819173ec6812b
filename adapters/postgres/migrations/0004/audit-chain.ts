import { forBotRole } from '../format.ts';

/**
 * The audit log's chain of seals (AUD-2). Which rows have none yet stands in a list of its own, that a
 * row enters in its own transaction and leaves by being named in a seal. So a row counts from its
 * commit on, whatever the order of ids and commits, and after a dump and restore as well: that would
 * not be so for a range of ids (a row with a lower one may still be on its way) or of transaction
 * numbers (another server counts its own).
 */
export const auditChain = `
create table audit_unsealed (
  id bigint primary key
);

create table audit_seals (
  number bigint primary key check (number > 0),
  previous bytea,
  total bigint not null check (total > 0),
  sealed_at timestamptz not null,
  row_ids bigint[] not null check (cardinality(row_ids) > 0),
  row_hashes bytea not null,
  hash bytea not null check (octet_length(hash) = 32),
  constraint audit_seals_hash_key unique (hash),
  constraint audit_seals_previous_key unique nulls not distinct (previous),
  constraint audit_seals_previous_fkey foreign key (previous) references audit_seals (hash),
  constraint audit_seals_hash_per_row check (octet_length(row_hashes) = 32 * cardinality(row_ids)),
  constraint audit_seals_first check ((number = 1) = (previous is null))
);
create trigger audit_seals_append_only before update or delete or truncate on audit_seals
  for each statement execute function refuse_change('AUD-2');

create function audit_logs_wait_for_seal() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into audit_unsealed (id) values (new.id);
  return null;
end $$;
create trigger audit_logs_wait_for_seal after insert on audit_logs
  for each row execute function audit_logs_wait_for_seal();

create function audit_seals_name_waiting_rows() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  waited bigint;
begin
  delete from audit_unsealed where id = any (new.row_ids);
  get diagnostics waited = row_count;
  if waited <> cardinality(new.row_ids) then
    raise exception 'AUD-2: seal % names % rows, % of them wait for a seal', new.number,
      cardinality(new.row_ids), waited
      using errcode = 'restrict_violation', table = 'audit_seals',
        constraint = 'audit_seals_name_waiting_rows';
  end if;
  return null;
end $$;
create trigger audit_seals_name_waiting_rows after insert on audit_seals
  for each row execute function audit_seals_name_waiting_rows();
revoke all on function audit_logs_wait_for_seal, audit_seals_name_waiting_rows from public;

insert into audit_unsealed (id) select id from audit_logs;

${forBotRole(`
    grant select on audit_unsealed, audit_seals to upah_bot;
    grant insert (number, previous, total, sealed_at, row_ids, row_hashes, hash)
      on audit_seals to upah_bot;
`)}`;
