import { aScene } from '../core/scene.ts';
import { freshId, rupiahs } from '../support/builders.ts';
import { numberOf, type People } from '../support/market.ts';
import type { Scenery } from './scenes.ts';

/** Asked for by somebody who can afford it. */
const aWithdrawal = async (people: People) => {
  const client = await people.client();
  await people.topUp(client, 50_000);
  const { actor } = client;
  const text = numberOf(client);
  const { sealed: number } = await people.core.withdrawals.prepareNumber({ actor, text });
  return { actor, amount: rupiahs(10_000), number, key: freshId<never>() };
};

/** Withdrawals where the request of the table of rights would be refused, or do nothing. */
export const WITHDRAWAL_SCENES: Readonly<Record<string, Scenery>> = {
  'withdrawals.quote': async (people) => {
    const { actor, amount } = await aWithdrawal(people);
    return (core) => core.withdrawals.quote({ actor, amount });
  },
  'withdrawals.request': async (people) => {
    const request = await aWithdrawal(people);
    return (core) => core.withdrawals.request(request);
  },
  'withdrawals.revealNumber': async (people) => {
    const { actor, number: sealed } = await aWithdrawal(people);
    return (core) => core.withdrawals.revealNumber({ actor, sealed });
  },
  'withdrawals.claim, taken over': async (people) => {
    const { withdrawal } = await aScene(people);
    const [first, second] = [await people.admin(), await people.admin()];
    await people.claim(withdrawal, first);
    return (core) =>
      core.withdrawals.claim({
        actor: second.actor,
        withdrawalId: withdrawal.id,
        takeOverFrom: first.id,
      });
  },
  'withdrawals.takeBackEndorsement': async (people) => {
    const { unendorsed } = await aScene(people);
    const { actor } = await people.admin();
    await people.core.withdrawals.endorse({ actor, withdrawalId: unendorsed.id });
    return (core) => core.withdrawals.takeBackEndorsement({ actor, withdrawalId: unendorsed.id });
  },
  'withdrawals.pay': async (people) => {
    const { withdrawal } = await aScene(people);
    const admin = await people.admin();
    await people.claim(withdrawal, admin);
    const receipt = { actor: admin.actor, withdrawalId: withdrawal.id, reference: null };
    return (core) => core.withdrawals.pay({ ...receipt, receipt: null });
  },
  'withdrawals.reject': async (people) => {
    const { withdrawal } = await aScene(people);
    const admin = await people.admin();
    await people.claim(withdrawal, admin);
    const decision = { actor: admin.actor, withdrawalId: withdrawal.id, reason: 'wrong number' };
    return (core) => core.withdrawals.reject(decision);
  },
};
