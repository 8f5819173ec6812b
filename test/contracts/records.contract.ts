import { expect } from 'chai';
import type { AuditEntry } from '../../core/audit/index.ts';
import { asSystem, type Json } from '../../core/kernel/index.ts';
import { DEFAULT_SETTINGS } from '../../core/settings/index.ts';
import { MONDAY } from '../support/builders.ts';
import { abandoned, abandonedStep, onStage, type Harness } from './harness.ts';

/** A stored row as its adapter reads it back; `actor` as `actorName` writes it. */
export type AuditRow = Pick<AuditEntry, 'action' | 'before' | 'after'> & { readonly actor: string };

/** A backend, and what stands behind two ports that can only be written or only be read. */
export interface RecordsHarness extends Harness {
  /** The rows about a thing, oldest first. */
  auditRows(subjectId: string): Promise<readonly AuditRow[]>;
  /** What the operator writes into the settings table. */
  changeSetting(key: string, value: Json): Promise<void>;
}

/** `AuditLog` and `SettingsStore`. */
export const recordsContract = (name: string, open: () => Promise<RecordsHarness>) =>
  describe(`audit log and settings: ${name}`, () => {
    let harness: RecordsHarness;
    const stage = onStage(async () => (harness = await open()));

    const entry = (subjectId: string, action: string): AuditEntry => ({
      actor: asSystem('contract'),
      action,
      subject: 'transaction',
      subjectId,
      before: { status: 'pending' },
      after: { amount: '1000', list: [1, null, 'two'] },
      at: MONDAY,
    });

    it('AUD-1 keeps what was appended, in its order and whole', async () => {
      await stage.run(async (tx) => {
        for (const action of ['one', 'two', 'three']) await tx.audit.append(entry('a', action));
      });
      const rows = await harness.auditRows('a');
      expect(rows.map(({ action }) => action)).to.deep.equal(['one', 'two', 'three']);
      expect(rows[0]).to.deep.equal({
        action: 'one',
        actor: 'system:contract',
        before: { status: 'pending' },
        after: { amount: '1000', list: [1, null, 'two'] },
      });
    });

    it('AUD-1 keeps nothing of a run or savepoint that throws', async () => {
      await abandoned(stage, (tx) => tx.audit.append(entry('b', 'lost')));
      await stage.run(async (tx) => {
        await tx.audit.append(entry('b', 'before'));
        await abandonedStep(tx, (step) => step.audit.append(entry('b', 'lost')));
        await tx.audit.append(entry('b', 'after'));
      });
      const rows = await harness.auditRows('b');
      expect(rows.map(({ action }) => action)).to.deep.equal(['before', 'after']);
    });

    it('reads the defaults, and the settings table wins from the next transaction on', async () => {
      const current = () => stage.run((tx) => tx.settings.current());
      expect(await current()).to.deep.equal(DEFAULT_SETTINGS);
      await harness.changeSetting('holdMinutes', 45);
      await harness.changeSetting('withdrawFee', '2500');
      const pace = { actionsPerSecond: 0, actionsBurst: 9, deskNoticeSeconds: 0 };
      for (const [name, value] of Object.entries(pace)) await harness.changeSetting(name, value);
      expect(await current()).to.deep.equal({
        ...DEFAULT_SETTINGS,
        holdMinutes: 45,
        withdrawFee: 2_500n,
        ...pace,
      });
    });

    it('ADM-4 a saved setting counts from the next transaction on, and may be saved again', async () => {
      const reasons = [{ id: 'Buram', en: 'Blurred' }];
      const current = () => stage.run((tx) => tx.settings.current());
      for (const rejectReasons of [[...reasons, ...reasons], reasons]) {
        const before = await current();
        const during = await stage.run(async (tx) => {
          const { rejectReasons: stored, withdrawMin } = await tx.settings.current();
          const from = stored.map(({ id, en }) => ({ id, en }));
          await tx.settings.save('rejectReasons', { from, to: rejectReasons });
          await tx.settings.save('withdrawMin', { from: String(withdrawMin), to: '15000' });
          return tx.savepoint((step) => step.settings.current());
        });
        expect(during).to.deep.equal(before);
        expect(await current()).to.deep.include({ rejectReasons, withdrawMin: 15_000n });
      }
    });

    it('ADM-4 of several who change what they have read one does, and the others are told', async () => {
      const held = async () => (await stage.run((tx) => tx.settings.current())).holdMinutes;
      let from = await held();
      for (const base of [60, 70]) {
        const saved = await Promise.all(
          [0, 1, 2, 3, 4].map((by) =>
            stage.run((tx) => tx.settings.save('holdMinutes', { from, to: base + by })),
          ),
        );
        expect(saved.filter(Boolean)).to.have.length(1);
        from = base + saved.indexOf(true);
        expect(await held()).to.equal(from);
      }
    });

    it('ADM-4 saves nothing in a run or savepoint that throws', async () => {
      const current = () => stage.run((tx) => tx.settings.current());
      const before = await current();
      const change = { from: before.targetMax, to: 7 };
      await abandoned(stage, (tx) => tx.settings.save('targetMax', change));
      await stage.run((tx) => abandonedStep(tx, (step) => step.settings.save('targetMax', change)));
      expect(await current()).to.deep.equal(before);
    });
  });
