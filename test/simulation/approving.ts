import type {
  ApprovalBatchId,
  ApprovalReport,
  ApprovalScope,
  ProofId,
  UserId,
} from '../../core/index.ts';
import { once } from './network.ts';
import { actorOf, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import { sweep } from './sweeping.ts';
import type { Town } from './town.ts';
import { ask, minutes } from './visits.ts';

/** An order to approve many, as the run remembers it until it is done. */
export interface ManyOrdered {
  readonly admin: UserId;
  readonly proofIds: readonly ProofId[];
}

const PAGE = { page: 0, size: 1 };

/** An admin approves all that waits of a worker or a campaign, and looks how far it is. */
export const approveMany = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const listed = await town.look('proofs.waiting', (core) =>
    core.proofs.waiting({ actor, page: PAGE }),
  );
  const [oldest] = listed?.items ?? [];
  if (!oldest) return;
  const { workerId, campaignId } = oldest.proof;
  const scope: ApprovalScope = admin.dice.chance(0.3)
    ? { kind: 'worker', workerId }
    : { kind: 'campaign', campaignId };
  const preview = await town.look('approvals.preview', (core) =>
    core.approvals.preview({ actor, scope }),
  );
  if (!preview || preview.proofIds.length === 0) return;
  await minutes(town, 0, 3);
  const batchId = await order(town, admin, { scope, proofIds: preview.proofIds });
  await minutes(town, 1, 3);
  await town.look('approvals.show', (core) => core.approvals.show({ actor, batchId }));
};

const order = async (
  town: Town,
  admin: Person,
  ordered: { readonly scope: ApprovalScope; readonly proofIds: readonly ProofId[] },
): Promise<ApprovalBatchId> => {
  const actor = actorOf(admin);
  const key = town.ports.ids.next<ApprovalBatchId>();
  for (const proofId of ordered.proofIds) {
    const found = await town.look('proofs.case', (core) => core.proofs.case({ actor, proofId }));
    if (found) town.shadow.review.seen(found.proof);
  }
  await ask(town, admin, {
    name: 'approvals.start',
    call: (core) => core.approvals.start({ actor, ...ordered, key }),
    learn: once<ApprovalReport>(({ batch }) => {
      town.manyOrdered.set(batch.id, { admin: batch.adminId, proofIds: ordered.proofIds });
      town.figures.audit.add('approvals.start');
    }),
    says: ({ listed }) => String(listed),
  });
  return key;
};

/** Each minute: what was ordered is worked off. */
export const approveOrdered = async (town: Town): Promise<void> => {
  await sweep(town, { name: 'approvals.run', of: ({ approvals }) => approvals.run });
  for (const [batchId, { admin, proofIds }] of town.manyOrdered) {
    const seen = await town.ports.unitOfWork.run(async (tx) => ({
      report: await tx.approvalBatches.report(batchId),
      decisions: await Promise.all(proofIds.map((id) => tx.proofs.decisions(id))),
    }));
    for (const first of seen.decisions.flatMap(([decision]) => decision ?? [])) {
      town.shadow.review[first.verdict](first.proofId, false);
    }
    const theirs = seen.decisions.filter(
      ([first]) => first?.by === admin && first.verdict === 'approved',
    );
    const { batch, approved = 0 } = seen.report ?? {};
    if (!batch?.doneAt) continue;
    demand(approved <= theirs.length, 'REV-8', () => `${batchId} tells of ${approved} approved`);
    town.figures.audit.add('approvals.done');
    town.figures.tally.add('approved at once', approved);
    town.manyOrdered.delete(batchId);
  }
};
