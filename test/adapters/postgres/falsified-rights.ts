import type { Falsified } from './falsifications.ts';

/** Who may do what, as somebody with psql would have it. */
export const FALSIFIED_RIGHTS: readonly Falsified[] = [
  {
    title: 'AUD-1 ACC-4 names somebody who was made an admin by hand',
    falsify: [
      `update users set role = 'admin', permissions = array['review'] where id = '{other}'`,
    ],
    named: ['AUD-1 users {other}'],
  },
  {
    title: 'AUD-1 ADM-1 names an admin whose rights were made fewer by hand',
    falsify: [
      `update users u set permissions = array['review'] from withdrawals w
        where u.id = w.decided_by and w.id = '{paid}'`,
    ],
    named: ['AUD-1 users {house}'],
  },
  {
    title: 'AUD-1 ADM-2 names a withdrawal whose endorsement the log does not know',
    falsify: [
      `update withdrawals set needs_second = true, endorsed_by = '{other}', endorsed_at = now()
        where id = '{asked}'`,
    ],
    named: ['AUD-1 withdrawals {asked}'],
  },
  {
    title: 'AUD-1 ACC-5 names somebody who was suspended by hand',
    falsify: [
      `update users set status = 'suspended', suspended_by = 'x', suspended_at = now(),
        suspension_reason = 'x' where id = '{other}'`,
    ],
    named: ['AUD-1 users {other}'],
  },
  {
    title: 'AUD-1 ACC-4 names somebody to whom a grant was slipped in',
    falsify: [
      `insert into admin_grants (telegram_id, state, permissions, decided_by, decided_at)
        select telegram_id, 'granted', array['review'], 'operator:x', now() from users where id = '{other}'`,
    ],
    named: ['AUD-1 users {other}'],
  },
  {
    title: 'AUD-1 ADM-1 names somebody whose waiting grant was made to give more',
    falsify: [
      `insert into audit_logs (actor, action, subject, subject_id, "after", at)
        select 'operator:x', 'admin.grant', 'user', 'telegram:' || telegram_id,
          '{"state": "granted", "permissions": ["review"]}', now() from users where id = '{other}'`,
      `insert into admin_grants (telegram_id, state, permissions, decided_by, decided_at)
        select telegram_id, 'granted', array['review', 'money'], 'operator:x', now() from users
        where id = '{other}'`,
    ],
    named: ['AUD-1 users {other}'],
  },
];
