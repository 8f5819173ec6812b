import type { UnitOfWork, Tx, UserId } from '../../core/index.ts';
import { aCredit, aUser } from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { addUser } from '../support/enter-user.ts';

/** Whose money is moved: everybody knows the hot ones. */
export interface Customers {
  readonly hot: readonly UserId[];
  readonly cold: readonly UserId[];
  readonly all: readonly UserId[];
}

/** What each of them begins with, rupiah. */
export const START = 10_000;

const HOT = 4;
const COLD = 60;

/** Everybody with an account and the same money in it. */
export const enterCustomers = (unitOfWork: UnitOfWork<Tx>): Promise<Customers> =>
  unitOfWork.run(async (tx) => {
    const all: UserId[] = [];
    for (let number = 0; number < HOT + COLD; number += 1) {
      const { id } = await addUser(tx, aUser());
      await postTold(tx, aCredit(id, START));
      all.push(id);
    }
    return { hot: all.slice(0, HOT), cold: all.slice(HOT), all };
  });
