import { figures, type Figure, type Report } from '../support/report.ts';
import { commandFor, type Asked } from './arguments.ts';
import type { Result } from './run.ts';
import type { Ages, Counts } from './tallies.ts';

const rupiah = (amount: bigint): string => {
  const text = (amount < 0n ? 0n - amount : amount).toString();
  return `${amount < 0n ? '-' : ''}Rp ${text.replace(/\B(?=(\d{3})+$)/g, '.')}`;
};

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/** `4.2 h` of simulated time. */
const lasting = (ms: number): string => {
  const [size, unit] = UNITS.find(([of]) => ms >= of) ?? [1_000, 's'];
  return `${(ms / size).toFixed(1)} ${unit}`;
};

const spread = ({ all }: Ages): string =>
  all.count() === 0
    ? 'none'
    : `p50 ${lasting(all.quantile(0.5))}, p95 ${lasting(all.quantile(0.95))}, ` +
      `max ${lasting(all.max())}`;

const listed = (counts: Counts, most: number): string =>
  counts
    .entries()
    .slice(0, most)
    .map(([name, times]) => `${name} ${times.toLocaleString('en-US')}`)
    .join(', ');

const MB = 1_048_576;

const speedOf = ({ figures: done, ...result }: Result): readonly Figure[] => {
  const { seconds, checkSeconds, cpuSeconds } = result;
  const acting = done.operations.total();
  const [calls, own] = [acting + done.reads.total(), seconds - checkSeconds];
  const simulated = result.days.length * 86_400;
  return figures({
    'operations (calls that act)': acting,
    'reads (calls that look, idle jobs)': calls - acting,
    'seconds, of which checks': `${seconds.toFixed(1)}, ${checkSeconds.toFixed(1)}`,
    'operations/s': Math.round(acting / own),
    'operations and reads/s': Math.round(calls / own),
    'the same per second of processor time': Math.round(calls / cpuSeconds),
    'simulated time to real time': `${Math.round(simulated / seconds).toLocaleString('en-US')} : 1`,
    'largest heap, largest process': `${Math.round(result.heapMax / MB)} MB, ${Math.round(
      process.resourceUsage().maxRSS / 1_024,
    )} MB`,
  });
};

/** The figures of a run, as `printed` prints them. */
export const reportOf = (asked: Asked, seed: number, result: Result): Report => {
  const { figures: done, days, violation } = result;
  const money = days.at(-1)?.money;
  const lines = figures({
    ...(money && {
      wallets: rupiah(money.wallets),
      holds: rupiah(money.holds),
      escrows: rupiah(money.escrows),
      revenue: rupiah(money.revenue),
      'cash that must exist': rupiah(0n - money.outside),
    }),
    'users, campaigns': `${days.at(-1)?.users ?? 0}, ${done.tally.of('campaigns')}`,
    'approved, rejected, expired': ['approved', 'rejected', 'expired']
      .map((name) => done.tally.of(name).toLocaleString('en-US'))
      .join(', '),
    'reversals, deleted campaigns': `${done.tally.of('reversed')}, ${done.tally.of('deleted')}`,
    'proof → first decision': spread(done.reviewAge),
    'top-up → decision': spread(done.depositAge),
    'withdrawal → decision': spread(done.withdrawalAge),
    'take → paid': spread(done.takeToPay),
    survived: listed(done.survived, 10),
    'messages and desks': listed(done.tally, 20),
    refusals: listed(done.refusals, 40),
    operations: listed(done.operations, 60),
    'rows verified, checks of everything': `${result.rowsVerified.toLocaleString('en-US')}, ${
      days.length + 1
    }`,
    'rows at the end': Object.values(result.sizes).reduce((sum, one) => sum + one, 0),
  });
  const losses = violation
    ? [
        `day ${violation.day + 1}: ${violation.what}`,
        `again: ${commandFor(asked, seed)}`,
        ...violation.operations.slice(-8).map((line) => `before: ${line}`),
      ]
    : [];
  const digest = { what: 'digest', value: result.digest };
  return { part: `seed ${seed}`, figures: [...lines, ...speedOf(result), digest], losses };
};
