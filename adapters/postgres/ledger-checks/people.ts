import { whereBroken, type LedgerCheck, type Within } from './check.ts';

/** What the newest row of an action says of each user. */
const lastTold = (action: string, field: string, within: Within): string => `(
  select distinct on (subject_id) subject_id, "after" ->> '${field}' as value
  from audit_logs
  where subject = 'user' and action = '${action}' and ${within('subject_id', 'text')}
  order by subject_id, id desc)`;

/** What the newest row says of the operator's word on somebody (ACC-4). */
const LAST_WORD = `(
  select l."after" ->> 'state' as state from audit_logs l
  where l.subject = 'user' and l.subject_id = 'telegram:' || u.telegram_id
    and l.action in ('admin.grant', 'admin.revoke')
  order by l.id desc limit 1)`;

/** AUD-1, ACC-4, ACC-5: role, status and grant of a person are what the log last said. */
export const users: LedgerCheck = {
  name: 'people have the role and status that the log gave them',
  table: 'users',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, u.id, flaw.what as what
    from users u
      left join ${lastTold('user.role', 'role', within)} r on r.subject_id = u.id::text
      left join ${lastTold('user.status', 'status', within)} s on s.subject_id = u.id::text
      left join admin_grants g on g.telegram_id = u.telegram_id
      left join lateral ${LAST_WORD} word on true
    ${whereBroken(within('u.id'), [
      [
        'AUD-1',
        `u.role is not distinct from r.value`,
        `concat('is ', coalesce(u.role, 'nothing'), ', the log says ', coalesce(r.value, 'nothing'))`,
      ],
      [
        'AUD-1',
        `u.status = coalesce(s.value, 'active')`,
        `concat('is ', u.status, ', the log says ', coalesce(s.value, 'nothing'))`,
      ],
      [
        'AUD-1',
        `g.state is not distinct from word.state`,
        `concat('the right of an admin is ', coalesce(g.state, 'not spoken of'), ', the log says ',
          coalesce(word.state, 'nothing'))`,
      ],
    ])}`,
};

const exists = (table: string): string =>
  `exists (select from ${table} x where x.id = l.subject_id::uuid)`;

/** AUD-1: the log tells of nothing that is not there. */
export const auditRows: LedgerCheck = {
  name: 'the audit log tells of what is there',
  table: 'audit_logs',
  key: 'bigint',
  violations: (within) => `
    select 'AUD-1' as rule, l.id, concat(l.action, ' of a ', l.subject, ' that is not there: ',
      l.subject_id) as what
    from audit_logs l
    where ${within('l.id')} and not case
      when l.subject = 'user' and l.subject_id like 'telegram:%' then true
      when l.subject not in ('user', 'campaign', 'take', 'proof', 'deposit', 'withdrawal',
        'transaction', 'freeze') then true
      when not pg_input_is_valid(l.subject_id, 'uuid') then false
      when l.subject = 'user' then ${exists('users')}
      when l.subject = 'campaign' then ${exists('campaigns')}
      when l.subject = 'take' then ${exists('takes')}
      when l.subject = 'proof' then ${exists('task_proofs')}
      when l.subject = 'deposit' then ${exists('deposits')}
      when l.subject = 'freeze' then ${exists('freezes')}
      when l.subject = 'withdrawal' then ${exists('withdrawals')}
      else ${exists('wallet_transactions')}
    end`,
};
