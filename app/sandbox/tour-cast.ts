import { randomInt } from 'node:crypto';
import {
  costPerTask,
  feeFor,
  readAmount,
  rupiah,
  type Rupiah,
  type Settings,
} from '../../core/index.ts';
import { money } from '../../adapters/telegram/index.ts';
import type { Language, PersonSeed } from '../../adapters/sandbox/index.ts';

/** One of the three, as the captions and the bot call them. */
export interface Player {
  readonly firstName: string;
  /** First and last name: at most 18 letters, so that buttons show all of it. */
  readonly fullName: string;
  readonly seed: PersonSeed;
}

/** Who plays, and for what: other people, and another reward, in every tour. */
export interface Cast {
  readonly client: Player;
  readonly worker: Player;
  readonly admin: Player;
  /** Rupiah of the top-up; the sandbox's receipts say the same. */
  readonly topUp: Rupiah;
  /** Rupiah for one task. */
  readonly price: Rupiah;
  /** What it costs the client, with the platform's fee. */
  readonly cost: Rupiah;
  /** What the worker is paid out: the price, less the fee of a withdrawal. */
  readonly payout: Rupiah;
  readonly target: number;
  readonly link: string;
  /** In the link, and nowhere else. */
  readonly linkCode: string;
  /** DANA, as the worker types it. */
  readonly number: string;
  /** The same as the bot stores and shows it (E.164). */
  readonly storedNumber: string;
}

/** Each of one role: women, men, women, so that the English captions know. */
const FIRST_NAMES = {
  client: 'Sari Dewi Ratna Melati Laras Intan Yanti Fitri Anisa Lestari Mega Kartika'.split(' '),
  worker: 'Budi Agus Joko Hendra Rizky Dimas Eko Bayu Fajar Arif Yoga Galih'.split(' '),
  admin: 'Rina Wulan Putri Nadia Maya Tari'.split(' '),
};
const LAST_NAMES = (
  'Wijaya Saputra Kusuma Lubis Siregar Mahendra Santoso Nasution Hidayat Setiawan Gunawan ' +
  'Harahap Pratama Nugroho Hartono Simatupang'
).split(' ');
const CAPTIONS = { client: 'Client', worker: 'Worker', admin: 'Admin' } as const;

/** What the receipts of the sandbox say. */
const TOP_UP = readAmount('100rb');
const TARGET = 3;
/** Rupiah; three of that and a fee of two thirds fit into the top-up. */
const PRICE_MIN = 20_000;
/** Prices are whole tens: still easy to read, and there are more than a thousand of them. */
const PRICE_STEP = 10;

/** The settings that the story has to keep to. */
export type StoryRules = Pick<
  Settings,
  'feeBasisPoints' | 'pricePerTaskMin' | 'withdrawFee' | 'withdrawMin' | 'withdrawPerDayMax'
>;

/**
 * Whoever plays is new to the bot. The price differs from that of other tours as well: one that was
 * stopped half-way leaves its campaign open, and nobody shall take that one's task. Throws where
 * the rules leave no price to tell the story with.
 */
export const castTour = (language: Language, rules: StoryRules): Cast => {
  const linkCode = `Upah${randomDigits(7)}`;
  const digits = randomDigits(4);
  const price = pickPrice(rules);
  return {
    client: player('client', language),
    worker: player('worker', language),
    admin: player('admin', language),
    topUp: TOP_UP,
    price,
    cost: costPerTask({ pricePerTask: price, feePerTask: feeFor(price, rules.feeBasisPoints) }),
    payout: rupiah(price - rules.withdrawFee),
    target: TARGET,
    link: `https://www.instagram.com/p/${linkCode}`,
    linkCode,
    number: `0812 0000 ${digits}`,
    storedNumber: `+628120000${digits}`,
  };
};

/** Enough for a withdrawal, and three of them fit into the top-up, fees included. */
const pickPrice = (rules: StoryRules): Rupiah => {
  const withdrawal = Number(rules.withdrawMin + rules.withdrawFee);
  const affordable = (Number(TOP_UP) / TARGET) * (10_000 / (10_000 + rules.feeBasisPoints)) - 1;
  const most = Math.min(affordable, Number(rules.withdrawPerDayMax + rules.withdrawFee));
  const least = Math.max(PRICE_MIN, withdrawal, Number(rules.pricePerTaskMin));
  const first = Math.ceil(least / PRICE_STEP);
  const last = Math.floor(most / PRICE_STEP);
  if (first <= last) return rupiah(BigInt(PRICE_STEP * randomInt(first, last + 1)));
  throw new Error(
    `a top-up of ${money(TOP_UP)} shall pay ${TARGET} rewards, each enough for a withdrawal; ` +
      'the settings of amounts and fees do not allow that',
  );
};

const player = (role: keyof typeof FIRST_NAMES, languageCode: Language): Player => {
  const firstName = pick(FIRST_NAMES[role]);
  const lastName = pick(LAST_NAMES);
  return {
    firstName,
    fullName: `${firstName} ${lastName}`,
    seed: {
      id: randomInt(2_000_000_000, 7_000_000_000),
      firstName,
      lastName,
      username: `${firstName.toLowerCase()}_${randomDigits(5)}`,
      languageCode,
      caption: CAPTIONS[role],
    },
  };
};

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;

const randomDigits = (many: number): string =>
  Array.from({ length: many }, () => randomInt(10)).join('');
