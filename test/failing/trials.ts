import { jobsOnTheSpot } from '../support/jobs-on-the-spot.ts';
import { aMarket } from '../support/market.ts';
import type { Trial } from './fail-each.ts';
import type { Prepare } from './ground.ts';
import { MOVING_ON, PARTLY, READING, REQUESTS } from './requests.ts';
import { aRunOf, UPDATES } from './updates.ts';

/** Something that is asked of the bot, and what is expected of it. */
export interface Named {
  readonly title: string;
  /** Moves money. */
  readonly money: boolean;
  readonly prepare: Prepare;
  readonly trial: Omit<Trial, 'ways'>;
}

/** Which rules say that it happens whole, and once. */
const RULES: Readonly<Record<string, string>> = {
  audit: 'AUD-2',
  freeze: 'WAL-13',
  users: 'AUD-1 OPS-3',
  wallet: 'WAL-8',
  campaigns: 'CAM-4 WAL-7',
  tasks: 'TSK-5 OPS-3',
  proofs: 'REV-3 WAL-7',
  approvals: 'REV-8 WAL-7',
  deposits: 'DEP-2 WAL-7',
  withdrawals: 'WDR-2 WAL-7',
  settings: 'ADM-4',
  files: 'PRF-2',
  outbox: 'NTF-2',
};

const MONEY: readonly RegExp[] = [
  /^campaigns\.(?:create|raise|delete)/,
  /^proofs\.(?:approve|reverse)/,
  /^approvals\.run/,
  /^deposits\.(?:request|cancel|approve|reject)/,
  /^withdrawals\.(?:request|cancel|pay|reject)/,
  /^users\.suspend, a client/,
  /^wallet\.(adjust|payoutRevenue)$/,
  /^a tap that approves a proof/,
];
const isMoney = (name: string): boolean => MONEY.some((words) => words.test(name));

const useCases: readonly Named[] = [...REQUESTS].map(([name, prepare]) => {
  const [feature = ''] = name.split('.');
  const title = `${RULES[feature] ?? 'OPS-3'} ${name}`;
  return {
    title,
    money: isMoney(name),
    prepare,
    trial: {
      reads: READING.has(name),
      moves: MOVING_ON.has(name),
      partly: PARTLY.has(name),
      looksFirst: name.startsWith('freeze.check'),
    },
  };
});

const updates: readonly Named[] = [...UPDATES].map(([name, prepare]) => ({
  title: `OPS-3 NTF-2 ${name}`,
  money: isMoney(name),
  prepare,
  trial: { timeless: true, stores: true, reads: false },
}));

/** Every job that there is. */
const jobs: readonly Named[] = [...(await jobsOnTheSpot(aMarket().core)).jobs.keys()].map(
  (job) => ({
    title: `OPS-4 the job ${job}`,
    money: false,
    prepare: aRunOf(job),
    trial: { reads: false, looksFirst: job.startsWith('check-') },
  }),
);

/** Everything that is asked of the bot: each use case, update and job. */
export const TRIALS: readonly Named[] = [...useCases, ...updates, ...jobs];
