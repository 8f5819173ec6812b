import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import {
  asRefusal,
  readAmount,
  type Actor,
  type Core,
  type Rupiah,
  type WalletTransaction,
} from '../../core/index.ts';
import { rupiahs } from './ledger.ts';
import { withCore } from './with-core.ts';

/** `upah revenue show|payout` (WAL-12). */
export const revenue = (operator: Actor) =>
  new Command('revenue')
    .description('what the platform has earned')
    .addCommand(
      new Command('show').description('what is there to pay out').action(async () => {
        const there = await withCore((core) => core.wallet.revenue({ actor: operator }));
        console.log(`revenue: ${rupiahs(there)}`);
      }),
    )
    .addCommand(
      new Command('payout')
        .description('book revenue as paid out to the operator')
        .argument('<amount>', 'rupiah, such as 250000, 250.000 or 250rb', amountIn)
        .option('--reason <text>', 'why; kept in the audit log, told to the owner and to admins')
        .option('--key <key>', 'of a payout that may have been booked: books it once', keyIn)
        .option('--yes', 'do not ask')
        .action(async (amount, { reason, key, yes: isSure = false }) => {
          const asked = { actor: operator, amount, reason, key, isSure };
          const paid = await withCore((core) => payOut(core.wallet, asked, terminal));
          if (!paid) process.exitCode = 1;
        }),
    );

const amountIn = (text: string): Rupiah => {
  try {
    return readAmount(text);
  } catch {
    throw new InvalidArgumentError('whole rupiah, such as 250000, 250.000 or 250rb');
  }
};

const keyIn = (text: string): string => {
  if (/^[\w-]{8,64}$/.test(text)) return text;
  throw new InvalidArgumentError('the key that the payout printed');
};

/** How a command talks with whoever typed it. */
export interface Talk {
  say(line: string): void;
  complain(line: string): void;
  /** Undefined where nobody is there to answer. */
  ask(question: string): Promise<string | undefined>;
}

const terminal: Talk = {
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  ask: async (question) => {
    if (!process.stdin.isTTY) return undefined;
    const reader = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await reader.question(question);
    } finally {
      reader.close();
    }
  },
};

export interface PayOut {
  readonly actor: Actor;
  readonly amount: Rupiah;
  readonly reason: string | undefined;
  /** Of an earlier try; undefined: a new payout. */
  readonly key: string | undefined;
  /** Does not ask. */
  readonly isSure: boolean;
}

type Revenue = Pick<Core['wallet'], 'revenue' | 'payoutRevenue'>;

/** Undefined where nothing was booked. */
export const payOut = async (
  wallet: Revenue,
  { actor, amount, reason, key = randomUUID(), isSure }: PayOut,
  talk: Talk,
): Promise<WalletTransaction | undefined> => {
  if (reason === undefined || reason.trim() === '') {
    talk.complain('Say why with --reason "…". It stands in the audit log for ever.');
    return undefined;
  }
  talk.say(`revenue: ${rupiahs(await wallet.revenue({ actor }))}`);
  if (!isSure && !(await confirmed(amount, talk))) return undefined;
  talk.say(`key:     ${key}`);
  try {
    const paid = await wallet.payoutRevenue({ actor, amount, reason, key });
    talk.say(`Booked at ${paid.createdAt.toISOString()}: ${rupiahs(amount)} were paid out.`);
    talk.say(`left:    ${rupiahs(await wallet.revenue({ actor }))}`);
    return paid;
  } catch (error) {
    talk.complain(whyNot(error) ?? `${UNKNOWN} --key ${key}`);
    if (asRefusal(error)) return undefined;
    throw error;
  }
};

const UNKNOWN =
  'Whether it was booked is not known. Repeat the command with this key, and it is booked once:';

const confirmed = async (amount: Rupiah, talk: Talk): Promise<boolean> => {
  const answer = await talk.ask(`Pay out ${rupiahs(amount)}? Type the amount again to confirm: `);
  if (answer === undefined) {
    talk.complain('Nobody is here to confirm: add --yes. Nothing was booked.');
    return false;
  }
  if (isSame(answer, amount)) return true;
  talk.complain('That is not the amount. Nothing was booked.');
  return false;
};

const isSame = (answer: string, amount: Rupiah): boolean => {
  try {
    return readAmount(answer) === amount;
  } catch {
    return false;
  }
};

/** In words, where the rules do not allow it. */
const whyNot = (error: unknown): string | undefined => {
  const refusal = asRefusal(error);
  if (!refusal) return undefined;
  if (refusal.code === 'wallet.revenue-insufficient') {
    return `Refused: that is ${rupiahs(refusal.details.missing)} more than there is.`;
  }
  if (refusal.code === 'freeze.in-force') {
    return 'Refused: payments stand still, since the books do not add up. See upah freeze.';
  }
  if (refusal.code === 'wallet.key-reused') {
    return 'Refused: this key was used for a payout of another amount or reason.';
  }
  return `Refused: ${refusal.code}`;
};
