import { expect } from 'chai';
import fc from 'fast-check';
import { digests } from '../../adapters/memory/index.ts';
import type { AuditEntry, AuditFilter, AuditLine, AuditSubject } from '../../core/audit/index.ts';
import { sealAudit } from '../../core/audit/seal-audit.ts';
import {
  actorName,
  asOperator,
  asUser,
  DAY_MS,
  plusMinutes,
  startOfWibDay,
  type Actor,
  type CampaignId,
  type Slice,
  type UserId,
} from '../../core/kernel/index.ts';
import { aCredit, MONDAY } from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { onStage, type OpenHarness, type Stage } from './harness.ts';
import {
  enterCampaign,
  enterDeposit,
  enterProof,
  enterUser,
  enterWithdrawal,
  enterWorker,
} from './scenes.ts';

/** Something that a record can be about, and whom and what that concerns. */
interface Thing {
  readonly subject: AuditSubject;
  readonly subjectId: string;
  readonly userId?: UserId;
  readonly campaignId?: CampaignId;
}

/** One of each, of two people and on one campaign. */
const things = async (stage: Stage): Promise<readonly Thing[]> => {
  const [client, worker] = [await enterUser(stage), await enterWorker(stage)];
  const campaign = await enterCampaign(stage, { clientId: client.id });
  const proof = await enterProof(stage, campaign, {
    take: { workerId: worker.id },
    workerId: worker.id,
  });
  const deposit = await enterDeposit(stage, { userId: client.id });
  const withdrawal = await enterWithdrawal(stage);
  const credit = aCredit(worker.id, 1_000);
  await stage.run((tx) => postTold(tx, credit));
  const work = { userId: worker.id, campaignId: campaign.id };
  return [
    { subject: 'user', subjectId: client.id, userId: client.id },
    { subject: 'user', subjectId: 'telegram:123' },
    { subject: 'campaign', subjectId: campaign.id, userId: client.id, campaignId: campaign.id },
    { subject: 'take', subjectId: proof.takeId, ...work },
    { subject: 'proof', subjectId: proof.id, ...work },
    { subject: 'deposit', subjectId: deposit.id, userId: client.id },
    { subject: 'withdrawal', subjectId: withdrawal.id, userId: withdrawal.userId },
    { subject: 'transaction', subjectId: credit.id, userId: worker.id },
    { subject: 'settings', subjectId: 'rejectReasons' },
  ];
};

const isOf = (filter: AuditFilter, thing: Thing, entry: AuditEntry): boolean => {
  const by = actorName(entry.actor);
  const { userId, campaignId, actorId, subject, subjectId, day } = filter;
  const begins = day ? startOfWibDay(day).getTime() : 0;
  const [at, self] = [entry.at.getTime(), userId && actorName(asUser(userId))];
  return (
    (!userId || thing.userId === userId || by === self) &&
    (!campaignId || thing.campaignId === campaignId) &&
    (!actorId || by === actorName(asUser(actorId))) &&
    (!subject || thing.subject === subject) &&
    (!subjectId || thing.subjectId === subjectId) &&
    (!day || (at >= begins && at < begins + DAY_MS))
  );
};

/** Every part from the newest to the oldest, and then back up again. */
const walk = async (stage: Stage, filter: AuditFilter, size: number) => {
  const read = (from: Parameters<Read>[1]['from']) =>
    stage.run((tx) => tx.auditTrail.browse(filter, { from, size }));
  const down: Slice<AuditLine>[] = [await read(null)];
  for (let at = down[0]; at?.older; down.push(at))
    at = await read({ key: at.older, towards: 'older' });
  const up: Slice<AuditLine>[] = [];
  for (let at = down.at(-1); at?.newer; up.push(at))
    at = await read({ key: at.newer, towards: 'newer' });
  return { down, up: up.toReversed() };
};
type Read = Parameters<Parameters<Stage['run']>[0]>[0]['auditTrail']['browse'];

const idsIn = (parts: readonly Slice<AuditLine>[]): readonly string[] =>
  parts.flatMap(({ items }) => items.map(({ id }) => id));

/** `AuditTrail`. */
export const auditTrailContract = (name: string, open: OpenHarness) =>
  describe(`audit trail: ${name}`, () => {
    const stage = onStage(open);
    let all: readonly Thing[];
    let actors: readonly Actor[];
    before('writes what records are about', async () => {
      all = await things(stage);
      const admin = await enterUser(stage, { role: 'admin', displayName: 'Dewi' });
      actors = [asOperator('test'), asUser(admin.id), asUser(all[0]?.userId as UserId)];
    });

    const write = async (made: readonly (readonly [Thing, Actor, minutes: number])[]) => {
      const action = `test.${stage.ids.next()}`;
      const entries = made.map(([{ subject, subjectId }, actor, minutes]): AuditEntry => {
        const at = plusMinutes(MONDAY, minutes);
        return { actor, action, subject, subjectId, before: null, after: { minutes }, at };
      });
      await stage.run(async (tx) => {
        for (const entry of entries) await tx.audit.append(entry);
      });
      return { action, entries };
    };

    it('AUD-3 a record says whom it concerns and which campaign, and who did it', async () => {
      const [operator, admin] = actors as [Actor, Actor];
      const { action } = await write(all.map((thing) => [thing, admin, 0] as const));
      await write([[all[0] as Thing, operator, 1]]);
      const { items } = await stage.run((tx) =>
        tx.auditTrail.browse({ actorId: (admin as { id: UserId }).id }, { from: null, size: 50 }),
      );
      const found = items.filter((line) => line.action === action).toReversed();
      expect(found.map(({ concerns, campaign }) => [concerns?.userId, campaign?.id])).to.deep.equal(
        all.map(({ userId, campaignId }) => [userId, campaignId]),
      );
      for (const line of found) {
        expect(line).to.deep.include({ actorDisplayName: 'Dewi', actor: actorName(admin) });
        expect(line).to.deep.include({ before: null, after: { minutes: 0 }, at: MONDAY });
      }
      const [first] = found;
      expect(await stage.run((tx) => tx.auditTrail.find(first?.id ?? ''))).to.deep.equal(first);
      for (const id of ['0', '-1', 'x', '9'.repeat(18), '9'.repeat(30)]) {
        expect(await stage.run((tx) => tx.auditTrail.find(id)), id).to.equal(undefined);
      }
    });

    it('AUD-3 the parts of any filter, put together, are all that fits it, newest first', async () => {
      const [client, worker] = [all[0]?.userId as UserId, all[3]?.userId as UserId];
      const maybe = <T>(...values: readonly T[]) =>
        fc.oneof(
          { weight: 3, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: fc.constantFrom(...values) },
        );
      const filters = fc.record({
        userId: maybe(client, worker, (actors[1] as { id: UserId }).id),
        campaignId: maybe(all[2]?.campaignId as CampaignId),
        actorId: maybe(...actors.flatMap((one) => (one.kind === 'user' ? [one.id] : []))),
        subject: maybe(...all.map(({ subject }) => subject)),
        subjectId: maybe(...all.map(({ subjectId }) => subjectId)),
        day: maybe(MONDAY, plusMinutes(MONDAY, 24 * 60)),
      });
      const made = fc.array(
        fc.tuple(fc.nat(all.length - 1), fc.nat(2), fc.integer({ min: -900, max: 2_400 })),
        { minLength: 6, maxLength: 20 },
      );
      const holds = async (
        rows: readonly (readonly [number, number, number])[],
        filter: AuditFilter,
        size: number,
      ): Promise<void> => {
        const { action, entries } = await write(
          rows.map(([thing, actor, at]) => [all[thing] as Thing, actors[actor] as Actor, at]),
        );
        const { down, up } = await walk(stage, filter, size);
        const lines = down.flatMap(({ items }) => items);
        const times = lines.map(({ at }) => at.getTime());
        expect(times).to.deep.equal(times.toSorted((a, b) => b - a));
        expect(new Set(idsIn(down)).size).to.equal(lines.length);
        const fitting = entries
          .filter((entry, place) => isOf(filter, all[rows[place]?.[0] ?? 0] as Thing, entry))
          .toSorted((a, b) => b.at.getTime() - a.at.getTime());
        const ours = lines.filter((line) => line.action === action);
        expect(ours.map(({ at }) => at)).to.deep.equal(fitting.map(({ at }) => at));
        expect(idsIn([...up, ...down.slice(-1)])).to.deep.equal(idsIn(down));
        for (const key of down.flatMap(({ older, newer }) => [older, newer])) {
          expect(key ?? '-').to.match(/^[\w-]{1,40}$/);
        }
      };
      const property = fc.asyncProperty(made, filters, fc.integer({ min: 2, max: 7 }), holds);
      await fc.assert(property, { numRuns: 20 });
    }).timeout(20_000);

    it('AUD-3 one thing’s newest record is found, however much of its kind came after it', async () => {
      const [mine, other] = ['settings-mine', 'settings-other'].map((subjectId) => ({
        subject: 'settings' as const,
        subjectId,
      })) as [Thing, Thing];
      const [operator] = actors as [Actor];
      await write([
        [mine, operator, 1],
        [mine, operator, 2],
        [mine, operator, 0],
      ]);
      await write(Array.from({ length: 60 }, (_none, at) => [other, operator, 3 + at] as const));
      const newestOf = async (filter: AuditFilter) =>
        (await stage.run((tx) => tx.auditTrail.browse(filter, { from: null, size: 1 }))).items.map(
          ({ at }) => at,
        );
      const filter = { subject: 'settings', subjectId: mine.subjectId } as const;
      expect(await newestOf(filter)).to.deep.equal([plusMinutes(MONDAY, 2)]);
      expect(await newestOf({ ...filter, subject: 'user' })).to.deep.equal([]);
    });

    it('SEC-2 a key that was never given reads from the newest', async () => {
      const read = (key: string) =>
        stage.run((tx) => tx.auditTrail.browse({}, { from: { key, towards: 'older' }, size: 3 }));
      const newest = await stage.run((tx) => tx.auditTrail.browse({}, { from: null, size: 3 }));
      for (const key of ['', '-', 'zzzzzzzzzzz-1', "1-1'; --", '12']) {
        expect(await read(key), key).to.deep.equal(newest);
      }
    });

    it('AUD-2 a record says whether a seal names it', async () => {
      const { ports, clock } = stage;
      await sealAudit({ ...ports, digests, clock })({
        actor: asOperator('test'),
        limit: 1_000,
      });
      const { action } = await write([[all[0] as Thing, actors[0] as Actor, 5_000]]);
      const { items } = await stage.run((tx) => tx.auditTrail.browse({}, { from: null, size: 2 }));
      expect(items.map((line) => [line.action === action, line.sealed])).to.deep.equal([
        [true, false],
        [false, true],
      ]);
    });
  });
