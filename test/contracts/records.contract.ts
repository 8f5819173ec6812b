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

/** `AuditLog` and `SettingsReader`. */
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
  });
