/** Finding people, and what they have done. */
export const people = `
-- ADM-3: people by how their @username or their name begins, in any case
create index users_username on users (lower(username) text_pattern_ops);
create index users_display_name on users (lower(display_name) text_pattern_ops);
-- the newest people first
create index users_newest on users (created_at, id);
-- PRF-4: what came of a worker's tasks, read from the end
create index takes_worker_ended on takes (worker_id, ended_at, id) where ended_at is not null;
-- WAL-9: what a worker earned lately
create index wallet_transactions_earned on wallet_transactions (user_id, created_at)
  where type in ('task_reward', 'reversal');
-- WDR-1: who else asked for money to a number
create index withdrawals_number on withdrawals (number_index, user_id);
`;
