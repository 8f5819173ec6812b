import { forBotRole } from '../format.ts';

/** A bot says whether the database under it has the schema that it needs (OPS-2). */
export const health = forBotRole(`
    grant select (name) on schema_migration to upah_bot;
`);
