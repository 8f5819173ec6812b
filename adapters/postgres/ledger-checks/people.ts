import { newest, whereBroken, type LedgerCheck } from './check.ts';

/** What the newest row of an action says of a user. */
const lastTold = (action: string, field: string): string =>
  newest(
    `l."after" ->> '${field}'`,
    'value',
    `l.subject = 'user' and l.subject_id = u.id::text and l.action = '${action}'`,
  );

/** What the newest row says of the operator's word on somebody (ACC-4). */
const LAST_WORD = newest(
  `l."after" ->> 'state'`,
  'state',
  `l.subject = 'user' and l.subject_id = 'telegram:' || u.telegram_id
    and l.action in ('admin.grant', 'admin.revoke')`,
);

/** Of rows about admins from before ADM-1, which name none. */
const ALL_RIGHTS = `'["review","money","users","settings"]'`;

/** What the newest row says that the operator's word gives somebody, also where it still waits. */
const LAST_GIVEN = newest(
  `coalesce(l."after" -> 'permissions', case l."after" ->> 'state'
    when 'revoked' then '[]' else ${ALL_RIGHTS} end::jsonb)`,
  'rights',
  `l.subject = 'user' and l.subject_id in ('telegram:' || u.telegram_id, u.id::text)
    and l.action in ('admin.grant', 'admin.revoke', 'admin.permissions')`,
);

/** What the newest row says that somebody may do. */
const LAST_RIGHTS = newest(
  `case when l."after" ->> 'role' is distinct from 'admin' and l.action = 'user.role' then '[]'
    else coalesce(l."after" -> 'permissions', ${ALL_RIGHTS}) end`,
  'rights',
  `l.subject = 'user' and l.subject_id = u.id::text
    and l.action in ('user.role', 'admin.permissions')`,
);

/** AUD-1, ACC-4, ACC-5, ADM-1: role, rights, status and grant of a person are what the log last said. */
export const users: LedgerCheck = {
  name: 'people have the role and status that the log gave them',
  table: 'users',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, u.id, flaw.what as what
    from users u
      cross join ${lastTold('user.role', 'role')} r
      cross join ${lastTold('user.status', 'status')} s
      left join admin_grants g on g.telegram_id = u.telegram_id
      cross join ${LAST_WORD} word
      cross join ${LAST_GIVEN} given
      cross join ${LAST_RIGHTS} may
    ${whereBroken(within('u.id'), [
      [
        'AUD-1',
        `u.role is not distinct from r.value
          and to_jsonb(u.permissions) = coalesce(may.rights, '[]')::jsonb`,
        `concat('is ', coalesce(u.role, 'nothing'), ' with the rights ', to_jsonb(u.permissions),
          ', the log says ', coalesce(r.value, 'nothing'), ' with ',
          coalesce(may.rights::text, 'none'))`,
      ],
      [
        'AUD-1',
        `u.status = coalesce(s.value, 'active')`,
        `concat('is ', u.status, ', the log says ', coalesce(s.value, 'nothing'))`,
      ],
      [
        'AUD-1',
        `g.state is not distinct from word.state
          and (g.state is null or to_jsonb(g.permissions) = given.rights)`,
        `concat('the right of an admin is ', coalesce(g.state, 'not spoken of'), ' with ',
          coalesce(to_jsonb(g.permissions)::text, 'none'), ', the log says ',
          coalesce(word.state, 'nothing'), ' with ', coalesce(given.rights::text, 'none'))`,
      ],
    ])}`,
};

const exists = (table: string): string =>
  `exists (select from ${table} x where x.id = l.subject_id::uuid)`;

/** AUD-1, AUD-3: the log tells of nothing that is not there, and is found where it belongs. */
export const auditRows: LedgerCheck = {
  name: 'the audit log tells of what is there',
  table: 'audit_logs',
  key: 'bigint',
  violations: (within) => `
    select 'AUD-3' as rule, l.id, concat('is listed under user ', coalesce(l.user_id::text, 'none'),
      ' and campaign ', coalesce(l.campaign_id::text, 'none'), ', what it is about says ',
      coalesce(c.user_id::text, 'none'), ' and ', coalesce(c.campaign_id::text, 'none')) as what
    from audit_logs l cross join lateral audit_concern(l.subject, l.subject_id) c
    where ${within('l.id')}
      and (l.user_id, l.campaign_id) is distinct from (c.user_id, c.campaign_id)
      -- what is not there concerns nobody, and is named below
      and (num_nonnulls(c.user_id, c.campaign_id) > 0 or l.subject not in ('user', 'campaign',
        'take', 'proof', 'deposit', 'withdrawal', 'transaction') or l.subject_id like 'telegram:%')
    union all
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
