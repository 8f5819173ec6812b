import { told, whereBroken, type LedgerCheck } from './check.ts';

/** AUD-1, WAL-13: no freeze began or was lifted, and so accepted anything, unsaid. */
export const freezes: LedgerCheck = {
  name: 'freezes began and were lifted as the log tells',
  table: 'freezes',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, f.id, flaw.what as what
    from freezes f
      cross join ${told(
        { subject: 'freeze', id: 'f.id' },
        { begins: 'freeze.begin', lifts: 'freeze.lift' },
      )} log
    ${whereBroken(within('f.id'), [
      [
        'AUD-1',
        `log.begins = 1 and log.lifts = (f.lifted_at is not null)::int`,
        `concat(case when f.lifted_at is null then 'in force' else 'lifted' end,
          ', the log tells of ', log.begins, ' beginnings and ', log.lifts, ' liftings')`,
      ],
    ])}`,
};
