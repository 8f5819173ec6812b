import { type Campaign, type Proof, type ReceivedFile } from '../../core/index.ts';
import { aFile, rupiahs } from '../support/builders.ts';
import { crowdOf, type Crowd } from '../support/crowd.ts';
import type { Person } from '../support/market.ts';
import { CLIENT, SECOND_WORKER, WORKER, type BotUnderTest } from '../support/running-bot.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a client pays for a task: the reward, and the platform's fee. */
export const REWARD = 5_000n;
export const FEE = 500n;

/** Of one worker so many proofs wait: enough to approve them together. */
export const OF_ONE_WORKER = 8;

/** Who waits at the review desk, oldest first; the first two are on the page. */
const ONE_EACH = [
  { name: 'Wahyu', telegramId: WORKER },
  { name: 'Sari', telegramId: SECOND_WORKER },
  ...['Budi', 'Dewi', 'Eko', 'Fitri', 'Gilang', 'Hana', 'Indra', 'Joko', 'Lestari', 'Kartika'].map(
    (name) => ({ name }),
  ),
];

/** Twenty proofs, five top-ups and five withdrawals that wait for an admin's hour. */
export const setAdminScene = async (bot: BotUnderTest): Promise<void> => {
  const crowd = await crowdOf(bot);
  crowd.clock.advance(-3 * HOUR);
  const campaigns = await runningCampaigns(crowd);
  const wahyu = await waitingProofs(crowd, campaigns);
  await waitingDeposits(crowd);
  await waitingWithdrawals(crowd, wahyu);
};

const runningCampaigns = async (crowd: Crowd): Promise<readonly [Campaign, ...Campaign[]]> => {
  const client = await crowd.arrive({ name: 'Ratna' }, 'client');
  const order = { pricePerTask: rupiahs(Number(REWARD)), target: 20 };
  const first = await crowd.campaign(client, order);
  const others: Campaign[] = [];
  while (others.length < OF_ONE_WORKER - 1) others.push(await crowd.campaign(client, order));
  return [first, ...others];
};

/** Resolves with Wahyu: his picture is the one that Kartika sends, too. */
const waitingProofs = async (
  crowd: Crowd,
  campaigns: readonly [Campaign, ...Campaign[]],
): Promise<Person> => {
  const workers: Person[] = [];
  const sent: Proof[] = [];
  const send = async (worker: Person, to: Campaign, file?: ReceivedFile): Promise<void> => {
    crowd.clock.advance(MINUTE);
    sent.push(await crowd.send(worker, to, file));
  };
  for (const one of ONE_EACH) {
    const worker = await crowd.arrive(one, 'worker');
    const copied = one.name === 'Kartika' ? sent[0]?.file : undefined;
    workers.push(worker);
    await send(worker, campaigns[0], copied && aFile({ ...copied, channelFileId: null }));
  }
  const made = await crowd.arrive({ name: 'Made' }, 'worker');
  for (const campaign of campaigns) await send(made, campaign);
  return workers[0] as Person;
};

const waitingDeposits = async (crowd: Crowd): Promise<void> => {
  const claim = async (name: string, amount: number, sent?: ReceivedFile, telegramId?: number) => {
    crowd.clock.advance(MINUTE);
    const client = await crowd.arrive({ name, ...(telegramId && { telegramId }) }, 'client');
    return crowd.claimTransfer(client, amount, sent);
  };
  const { file } = await claim('Oki', 100_000);
  await claim('Citra', 100_000, undefined, CLIENT);
  await claim('Putri', 50_000, aFile({ ...file, channelFileId: null }));
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n');
  const stored = await crowd.core.files.storeTransferProof({ bytes: pdf, maxBytes: 1_000_000 });
  await claim('Qori', 75_000, { ...stored, channelFileId: null });
  await claim('Rudi', 200_000);
};

/** Of money that was earned; nobody's number was used before. */
const waitingWithdrawals = async (crowd: Crowd, wahyu: Person): Promise<void> => {
  const payer = await crowd.arrive({ name: 'Sinta' }, 'client');
  const payday = await crowd.campaign(payer, { pricePerTask: rupiahs(50_000), target: 5 });
  const ask = async (worker: Person, number: string): Promise<void> => {
    await crowd.earn(worker, payday);
    crowd.clock.advance(MINUTE);
    await crowd.askFor(worker, 20_000, number);
  };
  await ask(wahyu, '081234567890');
  for (const [at, name] of ['Tono', 'Umar', 'Vina', 'Wulan'].entries()) {
    await ask(await crowd.arrive({ name }, 'worker'), `08135550000${at}`);
  }
};
