import { forBotRole } from '../format.ts';

/** Who has a case open, and what was noticed about a proof. */
export const review = `
-- REV-6: who opened a waiting proof last, and until when it is given to nobody else. It stands in the
-- row itself, so that whoever comes second sees it when the row is locked; a decided proof keeps it.
alter table task_proofs add opened_by uuid references users;
alter table task_proofs add open_until timestamptz;
alter table task_proofs add constraint task_proofs_opened_whole
  check ((opened_by is null) = (open_until is null));
-- what an admin has open
create index task_proofs_opened on task_proofs (opened_by)
  where status = 'pending' and opened_by is not null;

-- PRF-3: the same file again, by its bytes, the oldest first
create index task_proofs_file_sha256 on task_proofs (file_sha256_received, submitted_at, id);
-- PRF-3: the same file again, by the channel's id, the oldest first
create index task_proofs_file_channel on task_proofs (file_channel_id, submitted_at, id)
  where file_channel_id is not null;
-- TSK-6: a worker's rejections in a campaign
create index task_proofs_worker_rejected on task_proofs (worker_id, campaign_id)
  where status = 'rejected';
-- what was decided, by its first decision
create index proof_decisions_first on proof_decisions (decided_at, proof_id)
  where "order" = 'first';

create table proof_flags (
  proof_id uuid not null references task_proofs,
  kind text not null,
  earlier_proof_id uuid not null references task_proofs,
  distance integer not null,
  constraint proof_flags_pkey primary key (proof_id, kind),
  constraint proof_flags_kind_known check (kind in ('same-file', 'similar')),
  constraint proof_flags_points_elsewhere check (earlier_proof_id <> proof_id),
  constraint proof_flags_distance_fits_kind
    check (distance between 0 and 256 and (kind <> 'same-file' or distance = 0))
);
create trigger proof_flags_append_only before update or delete or truncate on proof_flags
  for each statement execute function refuse_change('PRF-3');
${forBotRole(`
    grant update (opened_by, open_until) on task_proofs to upah_bot;
    grant select, insert on proof_flags to upah_bot;
`)}
`;
