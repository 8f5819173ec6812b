import { randomInt } from 'node:crypto';
import { readAmount, rupiah, type Rupiah } from '../../core/index.ts';
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
  client: ['Sari', 'Dewi', 'Ratna', 'Melati', 'Laras', 'Intan'],
  worker: ['Budi', 'Agus', 'Joko', 'Hendra', 'Rizky', 'Dimas'],
  admin: ['Rina', 'Wulan', 'Putri', 'Nadia', 'Maya', 'Tari'],
} as const;
const LAST_NAMES = ['Wijaya', 'Saputra', 'Kusuma', 'Lubis', 'Siregar', 'Mahendra', 'Santoso'];
const CAPTIONS = { client: 'Client', worker: 'Worker', admin: 'Admin' } as const;

/** Prices from Rp 20.000: more than the bot's least withdrawal, and three fit into the top-up. */
const PRICE_MIN = 20_000;
const PRICE_STEP = 500;
const PRICES = 27;

const TARGET = 3;

/**
 * Whoever plays is new to the bot. The price differs from that of other tours as well: one that was
 * stopped half-way leaves its campaign open, and nobody shall take that one's task.
 */
export const castTour = (language: Language): Cast => {
  const linkCode = `Upah${randomDigits(7)}`;
  const digits = randomDigits(4);
  return {
    client: player('client', language),
    worker: player('worker', language),
    admin: player('admin', language),
    topUp: readAmount('100rb'),
    price: rupiah(BigInt(PRICE_MIN + PRICE_STEP * randomInt(PRICES))),
    target: TARGET,
    link: `https://www.instagram.com/p/${linkCode}`,
    linkCode,
    number: `0812 0000 ${digits}`,
    storedNumber: `+628120000${digits}`,
  };
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
