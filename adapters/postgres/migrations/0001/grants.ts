import { forBotRole } from '../format.ts';

/**
 * All that the running bot may do. No DDL, no DELETE, no balance, and of the ledger only: insert,
 * and the one transition out of pending. Column lists keep it from choosing what the database
 * decides (balances, the transaction a row was born in, the audit log's order).
 */
export const grants = forBotRole(`
    grant usage on schema public to upah_bot;
    grant select on users, admin_grants, settings, accounts, wallets, wallet_transactions, postings,
      campaigns, tasks, takes, task_proofs, proof_decisions, deposits, withdrawals, audit_logs,
      lanes, inbox, outbox, outbox_gate, conversations to upah_bot;

    grant insert (id, kind, owner_id) on accounts to upah_bot;
    grant insert on wallets to upah_bot;
    grant insert (id, type, status, user_id, amount, reference_kind, reference_id, idempotency_key,
      fingerprint, created_by, created_at, decided_at) on wallet_transactions to upah_bot;
    grant update (status, decided_at) on wallet_transactions to upah_bot;
    grant insert (id, transaction_id, from_account_id, to_account_id, amount, created_at)
      on postings to upah_bot;
    grant insert (actor, action, subject, subject_id, "before", "after", at)
      on audit_logs to upah_bot;

    grant insert on users, admin_grants, settings, campaigns, tasks, takes, task_proofs,
      proof_decisions, deposits, withdrawals, lanes, conversations to upah_bot;
    grant update (username, display_name, language, role, former_role, status, suspension_reason,
      suspended_by, suspended_at, terms_version, unreachable_since) on users to upah_bot;
    grant update (state, decided_by, decided_at) on admin_grants to upah_bot;
    grant update (value) on settings to upah_bot;
    grant update (status, paused_by, target_total, completed_count, closed_count)
      on campaigns to upah_bot;
    grant update (status, take_id) on tasks to upah_bot;
    grant update (status, ended_at) on takes to upah_bot;
    grant update (status) on task_proofs to upah_bot;
    grant update (status, credited, reason, decided_at, decided_by) on deposits to upah_bot;
    grant update (status, claimed_by, claimed_at, decided_by, decided_at, reason, reference,
      receipt_path, receipt_sha256_received, receipt_sha256_stored, receipt_perceptual_hash,
      receipt_size, receipt_type) on withdrawals to upah_bot;

    grant insert (bot_id, update_id, lane, payload, received_at) on inbox to upah_bot;
    grant update (payload, prepared, state, tries, error, retry_at, done_at) on inbox to upah_bot;
    grant update (lane) on lanes to upah_bot;
    grant insert (id, to_user, kind, payload, dedupe_key, topic, priority, due_at, created_at)
      on outbox to upah_bot;
    grant update (state, attempts, due_at, why, settled_at) on outbox to upah_bot;
    grant update (paused_until) on outbox_gate to upah_bot;
    grant update (flow, step, version, data, screen_message_id, revision, expires_at)
      on conversations to upah_bot;

    grant execute on function account_ids, posted, lock_balances, insert_postings, post_transaction,
      decide_transaction, take_update, claim_messages to upah_bot;
`);
