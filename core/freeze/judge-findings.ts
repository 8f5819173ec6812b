import type { Actor, Clock, Ids } from '../kernel/index.ts';
import { notifyAdmins } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { grown, notAccepted } from './findings.ts';
import { brokenIn, rulesIn, type Finding, type Freeze } from './freeze.ts';

interface JudgePorts {
  readonly clock: Clock;
  readonly ids: Ids;
}

interface Judged {
  readonly actor: Actor;
  readonly findings: readonly Finding[];
  /** Freezes that were lifted since everything was last sound: what they name is accepted. */
  readonly lifted: readonly Freeze[];
}

/** Begins a freeze, or lets the one in force grow; false where there is nothing new to tell. */
export const judgeFindings = async (
  tx: Tx,
  ports: JudgePorts,
  judged: Judged,
): Promise<boolean> => {
  const { actor, findings, lifted } = judged;
  const accepted = lifted.flatMap((freeze) => freeze.findings);
  const found = notAccepted(findings, accepted);
  if (found.length === 0) return false;
  const current = await tx.freezes.current();
  const next = current ? grow(current, found) : { freeze: begun(ports, found), isNews: true };
  if (!next) return false;
  const { freeze, isNews } = next;
  await (current ? tx.freezes.save(freeze) : tx.freezes.begin(freeze));
  if (!isNews) return false;
  await tx.audit.append({
    actor,
    action: current ? 'freeze.grow' : 'freeze.begin',
    subject: 'freeze',
    subjectId: freeze.id,
    before: current ? stateOf(current) : null,
    after: stateOf(freeze),
    at: ports.clock.now(),
  });
  await tellAdmins(tx, ports, freeze);
  return true;
};

const begun = ({ clock, ids }: JudgePorts, findings: readonly Finding[]): Freeze => ({
  id: ids.next(),
  begunAt: clock.now(),
  findings,
  news: 1,
  ownerTold: 0,
  lifted: null,
});

/** What was found again in other words is kept as it reads now, but is no news. */
const grow = (freeze: Freeze, found: readonly Finding[]) => {
  const more = grown(freeze.findings, found);
  if (!more) return undefined;
  const { findings, isNews } = more;
  return { freeze: { ...freeze, findings, news: freeze.news + (isNews ? 1 : 0) }, isNews };
};

/** A freeze as the audit log keeps it. */
export const stateOf = ({ findings, lifted }: Freeze) => ({
  status: lifted ? 'lifted' : 'in-force',
  broken: brokenIn(findings),
  rules: rulesIn(findings),
});

/** Admins hear how it stands each time there is news of it. */
export const tellAdmins = async (
  tx: Tx,
  ports: JudgePorts,
  { id, begunAt, findings, news, lifted }: Freeze,
): Promise<void> => {
  await notifyAdmins(tx, ports, {
    admins: 'all',
    notice: lifted
      ? { kind: 'payments.resumed' }
      : { kind: 'payments.frozen', since: begunAt.toISOString(), broken: brokenIn(findings) },
    key: `freeze:${id}:${news}`,
    topic: 'payments',
  });
};
