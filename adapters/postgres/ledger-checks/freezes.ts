import { told, whereBroken, type LedgerCheck } from './check.ts';

/** AUD-1, WAL-13: no freeze began or was lifted, and so accepted anything, unsaid. */
export const freezes: LedgerCheck = {
  name: 'freezes began and were lifted as the log tells',
  table: 'freezes',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, f.id, flaw.what as what
    from freezes f
      left join ${told('freeze', { begins: 'freeze.begin', lifts: 'freeze.lift' }, within)} log
        on log.subject_id = f.id::text
    ${whereBroken(within('f.id'), [
      [
        'AUD-1',
        `coalesce(log.begins, 0) = 1 and coalesce(log.lifts, 0) = (f.lifted_at is not null)::int`,
        `concat(case when f.lifted_at is null then 'in force' else 'lifted' end,
          ', the log tells of ', coalesce(log.begins, 0), ' beginnings and ',
          coalesce(log.lifts, 0), ' liftings')`,
      ],
    ])}`,
};
