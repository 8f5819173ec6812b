import { forBotRole } from '../format.ts';

/** TSK-5: whether the worker of a take has been reminded of its deadline. */
export const reminders = `
alter table takes add reminded_at timestamptz;
-- the sweep of takes whose deadline is near
create index takes_unreminded on takes (deadline, id)
  where status = 'taken' and reminded_at is null;
${forBotRole(`
    grant update (reminded_at) on takes to upah_bot;
`)}
`;
