import { forBotRole } from '../format.ts';
import { agreed } from './agreed.ts';
import { audit } from './audit.ts';
import { balances, posting } from './posting.ts';

/** What a row of the hot tables costs: a few looks into indexes, whatever their size. */
export const walls = `
${posting}
${balances}
${audit}
${agreed}
revoke all on function no_such_account, post_transactions from public;
${forBotRole(`
  grant execute on function no_such_account, post_transactions to upah_bot;
`)}
`;
