import type { Sandbox } from '../../adapters/sandbox/index.ts';
import { shortId } from '../../adapters/telegram/buttons.ts';
import { CODES } from '../../adapters/telegram/codes.ts';
import type { CampaignId, DepositId, User } from '../../core/index.ts';
import type { Operation, OperationOf } from './money/operations.ts';

/** Operations that a person does with one press of a button. */
export type Pressable = OperationOf<'deposit.approve' | 'campaign.delete' | 'task.take'>;

/** People who have the bot on their phones. */
export interface Crowd {
  readonly clients: readonly User[];
  readonly workers: readonly User[];
  readonly admins: readonly User[];
}

/** A button that waits to be pressed by somebody. */
export interface Button {
  readonly telegramId: number;
  readonly operation: Pressable;
}

/** Does what comes before a press; resolves to the id of what was made. */
type Submit = (operation: Operation) => Promise<string>;

const LARGE = 10_000_000n;
const SMALL = 20_000n;
const PRICE = 1_000n;

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there is nobody');
  return item;
};

/**
 * Brings the marketplace to where each of `count` presses moves or commits money: top-ups to be
 * approved, campaigns to be deleted, tasks to be taken. `submit` does what comes before.
 */
export const prepareButtons = async (
  crowd: Crowd,
  count: number,
  submit: Submit,
): Promise<readonly Button[]> => {
  await fillPurses(crowd, submit);
  const buttons: Button[] = [];
  for (let index = 0; index < count; index += 1) {
    buttons.push(await prepareOne(crowd, index, submit));
  }
  return buttons;
};

/** Every client can pay for what is to come. */
const fillPurses = async ({ clients, admins }: Crowd, submit: Submit): Promise<void> => {
  for (const [index, { id: by }] of clients.entries()) {
    const request = { by, key: `purse${index}`, amount: LARGE } as const;
    const id = (await submit({ kind: 'deposit.request', ...request })) as DepositId;
    await submit({ kind: 'deposit.approve', by: at(admins, 0).id, id, credited: LARGE });
  }
};

const prepareOne = async (
  { clients, workers, admins }: Crowd,
  index: number,
  submit: Submit,
): Promise<Button> => {
  const client = at(clients, index);
  const key = `press${index}`;
  if (index % 2 === 0) {
    const [admin, amount] = [at(admins, index / 2), amountOf(index)];
    const id = await submit({ kind: 'deposit.request', by: client.id, key, amount });
    const decision = { by: admin.id, id: id as DepositId, credited: amount };
    return { telegramId: admin.telegramId, operation: { kind: 'deposit.approve', ...decision } };
  }
  const order = { by: client.id, key, price: PRICE, target: 1 };
  const id = (await submit({ kind: 'campaign.create', ...order })) as CampaignId;
  const isTaken = index % 4 === 1;
  const person = isTaken ? at(workers, index >> 2) : client;
  const kind = isTaken ? 'task.take' : 'campaign.delete';
  return { telegramId: person.telegramId, operation: { kind, by: person.id, id } };
};

/** So many campaigns for each client, to be deleted with one press each. */
export const prepareDeletions = async (
  crowd: Crowd,
  presses: readonly number[],
  submit: Submit,
): Promise<readonly Button[]> => {
  await fillPurses(crowd, submit);
  const buttons: Button[] = [];
  for (const [index, { id: by, telegramId }] of crowd.clients.entries()) {
    for (let number = 0; number < (presses[index] ?? 0); number += 1) {
      const order = { by, key: `delete${index}x${number}`, price: PRICE, target: 1 };
      const id = (await submit({ kind: 'campaign.create', ...order })) as CampaignId;
      buttons.push({ telegramId, operation: { kind: 'campaign.delete', by, id } });
    }
  }
  return buttons;
};

/** An amount that no other top-up of the run has, so that its notice can be told from all others. */
const amountOf = (index: number): bigint => SMALL + BigInt(index);

/** What the client of an approved top-up reads. */
export const noticeOf = ({ credited }: OperationOf<'deposit.approve'>): RegExp =>
  new RegExp(`Masuk Rp\\s?${credited.toLocaleString('id-ID')}`);

/** What the button carries. */
export const dataOf = ({ kind, id }: Pressable): string => {
  const code = {
    'deposit.approve': CODES.approveDeposit,
    'campaign.delete': CODES.confirmDeleteCampaign,
    'task.take': CODES.take,
  }[kind];
  return `${code}:${shortId(id)}`;
};

/** Presses the buttons one after the other. */
export interface Finger {
  /** The next so many; fewer where fewer are left. */
  press(count: number): Promise<void>;
  readonly left: () => number;
  /** The updates of what was pressed, by the operation. */
  readonly updates: ReadonlyMap<Pressable, number>;
}

const ANY_MESSAGE = 1;
const REDELIVERED_EVERY = 10;

/** `twice`: every tenth press is delivered once more, at once and out of its place. */
export const fingerOn = (
  { client }: Sandbox,
  buttons: readonly Button[],
  { twice = true }: { readonly twice?: boolean } = {},
): Finger => {
  const updates = new Map<Pressable, number>();
  let next = 0;
  return {
    updates,
    press: async (count) => {
      for (const { telegramId, operation } of buttons.slice(next, (next += count))) {
        const { updateId } = await client.pressData(telegramId, ANY_MESSAGE, dataOf(operation));
        if (updateId !== undefined) updates.set(operation, updateId);
        const again = twice && updateId !== undefined && updateId % REDELIVERED_EVERY === 0;
        if (again) await client.redeliver(updateId);
      }
    },
    left: () => Math.max(0, buttons.length - next),
  };
};
