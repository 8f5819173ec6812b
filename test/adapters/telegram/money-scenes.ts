import { asUser, type Deposit, type StoredFile, type Withdrawal } from '../../../core/index.ts';
import { freshId, freshNumber, rupiahs } from '../../support/builders.ts';
import { aPicture, type Chat, type ChatPerson } from '../../support/chat.ts';
import { aScene } from './desk-scenes.ts';

/** The whole number that Wahyu asks for money to. */
export const NUMBER = '+6281234567890';

const store = (chat: Chat, bytes: Uint8Array): Promise<StoredFile> =>
  chat.core.files.storeTransferProof({ bytes, maxBytes: 1_000_000 });

/** Somebody says to have transferred so much, a second after what was before. */
const request = async (chat: Chat, by: ChatPerson, file: StoredFile, amount: number) => {
  chat.clock.advance(1_000);
  return chat.core.deposits.request({
    actor: asUser((await by.user()).id),
    amount: rupiahs(amount),
    key: freshId(),
    file: { ...file, channelFileId: String(freshNumber()) },
  });
};

/** Somebody says to have transferred so much, with a picture of its own. */
export const aTopUp = async (chat: Chat, by: ChatPerson, amount: number): Promise<Deposit> =>
  request(chat, by, await store(chat, aPicture()), amount);

/** An admin, and a client who says to have transferred 100.000. */
export const aDepositDesk = async (bytes: Uint8Array = aPicture()) => {
  const scene = await aScene();
  const { chat, client } = scene;
  const admin = await chat.admin({ firstName: 'Ayu' });
  const file = await store(chat, bytes);
  const deposit = await request(chat, client, file, 100_000);
  return {
    ...scene,
    admin,
    deposit,
    /** Another top-up: of somebody new, with a proof of its own, unless told otherwise. */
    another: async (
      amount: number,
      {
        by,
        same = false,
        firstName = 'Dewi',
      }: { readonly by?: ChatPerson; readonly same?: boolean; readonly firstName?: string } = {},
    ): Promise<Deposit> => {
      const somebody = by ?? (await chat.client({ firstName }));
      return same ? request(chat, somebody, file, amount) : aTopUp(chat, somebody, amount);
    },
    /** A top-up as it stands. */
    standing: async ({ id: depositId }: Deposit): Promise<Deposit> => {
      const actor = asUser((await admin.user()).id);
      return (await chat.core.deposits.show({ actor, depositId })).deposit;
    },
  };
};

/** So much of somebody's wallet on its way to a DANA number. */
const withdraw = async (
  chat: Chat,
  by: ChatPerson,
  { amount, number = '0812-3456-7890' }: { readonly amount: number; readonly number?: string },
): Promise<Withdrawal> => {
  chat.clock.advance(1_000);
  const actor = asUser((await by.user()).id);
  const { sealed } = await chat.core.withdrawals.prepareNumber({ actor, text: number });
  return chat.core.withdrawals.request({
    actor,
    amount: rupiahs(amount),
    number: sealed,
    key: freshId<never>(),
  });
};

/** Gives the first of the two words that a withdrawal of "uang top-up" needs (ADM-2). */
export const endorsing = (chat: Chat) => {
  let third: Promise<ChatPerson> | undefined;
  return async (withdrawal: Withdrawal): Promise<Withdrawal> => {
    if (!withdrawal.needsSecond) return withdrawal;
    third ??= chat.admin({ firstName: 'Dian' });
    const actor = asUser((await (await third).user()).id);
    await chat.core.withdrawals.endorse({ actor, withdrawalId: withdrawal.id });
    return withdrawal;
  };
};

interface WithdrawalScene extends NonNullable<Parameters<typeof aScene>[0]> {
  /** Whether a third admin has said yes already to what needs two (ADM-2); true unless told. */
  readonly endorsed?: boolean;
}

/** Two admins, and a worker who asks for 20.000 of 50.000. */
export const aWithdrawalDesk = async ({ endorsed = true, ...rest }: WithdrawalScene = {}) => {
  const scene = await aScene(rest);
  const { chat } = scene;
  const said = endorsed ? endorsing(chat) : async (withdrawal: Withdrawal) => withdrawal;
  const admin = await chat.admin({ firstName: 'Ayu' });
  const second = await chat.admin({ firstName: 'Bagus' });
  const worker = await chat.worker({ firstName: 'Wahyu', username: 'wahyu' });
  await chat.fund(worker, 50_000);
  const withdrawal = await said(await withdraw(chat, worker, { amount: 20_000 }));
  const actor = asUser((await worker.user()).id);
  return {
    ...scene,
    admin,
    second,
    worker,
    withdrawal,
    balances: () => chat.core.wallet.balances({ actor }),
    withdrawAgain: async (amount: number) => said(await withdraw(chat, worker, { amount })),
    /** Somebody new asks for money; a number of their own unless told otherwise. */
    another: async (amount: number, number = `0813${freshNumber() % 100_000_000}`) => {
      const somebody = await chat.worker({ firstName: 'Sari' });
      await chat.fund(somebody, amount);
      return said(await withdraw(chat, somebody, { amount, number }));
    },
  };
};

/** Opens the withdrawal of 20.000 from the list. */
export const openWithdrawal = async (admin: ChatPerson) => {
  await admin.say('Withdrawal');
  return admin.tap('Rp 20.000');
};
