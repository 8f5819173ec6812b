import { expect } from 'chai';
import { Refusal } from '../../core/kernel/index.ts';
import { aCredit, aUser } from '../support/builders.ts';
import { abandonedStep, failureOf, onStage, race, RACERS, type OpenHarness } from './harness.ts';
import { enterRich } from './scenes.ts';

/** What every unit of work promises. */
export const unitOfWorkContract = (name: string, open: OpenHarness) =>
  describe(`unit of work: ${name}`, () => {
    const stage = onStage(open);

    it('commits what was written and gives back what the work resolved to', async () => {
      const user = aUser();
      const result = await stage.run(async (tx) => {
        await tx.users.add(user);
        return 'done';
      });
      expect(result).to.equal('done');
      expect(await stage.run((tx) => tx.users.find(user.id))).to.deep.equal(user);
    });

    it('sees its own writes before they are committed', async () => {
      const user = aUser();
      const seen = await stage.run(async (tx) => {
        await tx.users.add(user);
        return tx.users.find(user.id);
      });
      expect(seen).to.deep.equal(user);
    });

    it('leaves nothing of a run that throws, and throws the same error', async () => {
      const user = aUser();
      const defect = new Error('half way');
      const error = await failureOf(
        stage.run(async (tx) => {
          await tx.users.add(user);
          await tx.wallets.post(aCredit(user.id, 500));
          throw defect;
        }),
      );
      expect(error).to.equal(defect);
      expect(await stage.run((tx) => tx.users.find(user.id))).to.equal(undefined);
    });

    it('lets a refusal through as it is', async () => {
      const refusal = new Refusal('test.refused', { because: 'of this' });
      const error = await failureOf(
        stage.run(async () => {
          throw refusal;
        }),
      );
      expect(error).to.equal(refusal);
    });

    it('goes on after a run that threw', async () => {
      await failureOf(
        stage.run(async () => {
          throw new Error('first');
        }),
      );
      expect(await stage.run(async () => 'second')).to.equal('second');
    });

    it('undoes only what a savepoint did when that throws', async () => {
      const [kept, lost, after] = [aUser(), aUser(), aUser()];
      await stage.run(async (tx) => {
        await tx.users.add(kept);
        await abandonedStep(tx, (inner) => inner.users.add(lost));
        expect(await tx.users.find(lost.id)).to.equal(undefined);
        await tx.users.add(after);
      });
      const found = await stage.run(async (tx) => [
        await tx.users.find(kept.id),
        await tx.users.find(lost.id),
        await tx.users.find(after.id),
      ]);
      expect(found).to.deep.equal([kept, undefined, after]);
    });

    it('keeps what a savepoint did that resolved, unless the run throws later', async () => {
      const [kept, lost] = [aUser(), aUser()];
      await stage.run((tx) => tx.savepoint((inner) => inner.users.add(kept)));
      await failureOf(
        stage.run(async (tx) => {
          await tx.savepoint((inner) => inner.users.add(lost));
          throw new Error('after the savepoint');
        }),
      );
      expect(await stage.run((tx) => tx.users.find(kept.id))).to.deep.equal(kept);
      expect(await stage.run((tx) => tx.users.find(lost.id))).to.equal(undefined);
    });

    it('undoes an inner savepoint inside an outer one that stays', async () => {
      const [outer, inner] = [aUser(), aUser()];
      await stage.run((tx) =>
        tx.savepoint(async (step) => {
          await step.users.add(outer);
          await abandonedStep(step, (deeper) => deeper.users.add(inner));
        }),
      );
      expect(await stage.run((tx) => tx.users.find(outer.id))).to.deep.equal(outer);
      expect(await stage.run((tx) => tx.users.find(inner.id))).to.equal(undefined);
    });

    it('loses no update of twenty callers at the same time', async () => {
      const user = await enterRich(stage, 1_000);
      const { lost } = await race(() => stage.run((tx) => tx.wallets.post(aCredit(user.id, 7))));
      expect(lost).to.deep.equal([]);
      const { wallet } = await stage.run((tx) => tx.wallets.balances(user.id));
      expect(wallet).to.equal(BigInt(1_000 + 7 * RACERS));
    });

    it('hands out a locked user only when nobody else is changing it', async () => {
      const user = await enterRich(stage);
      const { lost } = await race(() =>
        stage.run(async (tx) => {
          const locked = await tx.users.lock(user.id);
          if (!locked) throw new Error('the user is gone');
          await tx.users.save({ ...locked, termsVersion: (locked.termsVersion ?? 0) + 1 });
        }),
      );
      expect(lost).to.deep.equal([]);
      const after = await stage.run((tx) => tx.users.find(user.id));
      expect(after?.termsVersion).to.equal((user.termsVersion ?? 0) + RACERS);
    });
  });
