import { onStage, type OpenHarness } from './harness.ts';
import { deciding } from './wallet-decisions.ts';
import { reading } from './wallet-history.ts';
import { posting } from './wallet-postings.ts';
import { postingTogether } from './wallet-together.ts';

/** What every ledger promises. */
export const walletContract = (name: string, open: OpenHarness) =>
  describe(`wallet: ${name}`, () => {
    const stage = onStage(open);
    posting(stage);
    postingTogether(stage);
    deciding(stage);
    reading(stage);
  });
