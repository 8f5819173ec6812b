import type { UserId } from '../../../core/index.ts';
import type { Books, Entry, Terms } from './books.ts';
import { escrow, hold, moveOf, requestKey, wallet, type Move } from './names.ts';
import type { Kind, Operation, OperationOf } from './operations.ts';

interface Campaign {
  readonly client: UserId;
  readonly price: bigint;
  readonly fee: bigint;
  target: number;
  completed: number;
}

interface Request {
  readonly key: string;
  readonly user: UserId;
  readonly amount: bigint;
}

/** The books while they are written, and what later operations need to know of earlier ones. */
export interface Ledger extends Books {
  readonly terms: Terms;
  readonly requests: Map<string, Request>;
  readonly campaigns: Map<string, Campaign>;
  readonly takes: Map<string, { readonly worker: UserId; readonly campaign: string }>;
  readonly proofs: Map<string, string>;
}

export const openLedger = (terms: Terms): Ledger => ({
  terms,
  entries: new Map(),
  audits: new Map(),
  notices: new Set(),
  requests: new Map(),
  campaigns: new Map(),
  takes: new Map(),
  proofs: new Map(),
});

/** Writes down what an operation must have left behind; `id` names what it made or changed. */
export const write = (ledger: Ledger, operation: Operation, id: string): void => {
  const writer = WRITERS[operation.kind] as (on: Ledger, what: Operation, id: string) => void;
  writer(ledger, operation, id);
};

const known = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`the run does not know ${what}`);
  return found;
};

const enter = ({ entries }: Ledger, entry: Entry): void => {
  entries.set(entry.key, entry);
};

const record = ({ audits }: Ledger, action: string, id: string): void => {
  const line = `${action} ${id}`;
  audits.set(line, (audits.get(line) ?? 0) + 1);
};

const tell = ({ notices }: Ledger, key: string, user: string): void => {
  notices.add(`${key}:${user}`);
};

const tellDesk = (ledger: Ledger, key: string): void => {
  for (const admin of ledger.terms.reachableAdmins) tell(ledger, key, admin);
};

const request = (ledger: Ledger, id: string, made: Request): void => {
  ledger.requests.set(id, made);
};

const decide = (ledger: Ledger, id: string, status: string, moves: readonly Move[]): Request => {
  const made = known(ledger.requests.get(id), `the request ${id}`);
  const entry = known(ledger.entries.get(made.key), made.key);
  entry.status = status;
  entry.moves.push(...moves);
  return made;
};

type Writers = {
  readonly [K in Kind]: (ledger: Ledger, operation: OperationOf<K>, id: string) => void;
};

const WRITERS: Writers = {
  'deposit.request': (ledger, { by, key: own, amount }, id) => {
    const key = requestKey(by, own);
    enter(ledger, { key, type: 'deposit', user: by, amount, status: 'pending', moves: [] });
    request(ledger, id, { key, user: by, amount });
    record(ledger, 'deposit.request', id);
    tellDesk(ledger, `deposit:${id}:waiting`);
  },
  'deposit.approve': (ledger, { credited }, id) => {
    const { user } = known(ledger.requests.get(id), id);
    decide(ledger, id, 'approved', [moveOf('outside', wallet(user), credited)]);
    record(ledger, 'deposit.approved', id);
    tell(ledger, `deposit:${id}:decided`, user);
  },
  'deposit.reject': (ledger, _operation, id) => {
    const { user } = decide(ledger, id, 'rejected', []);
    record(ledger, 'deposit.rejected', id);
    tell(ledger, `deposit:${id}:decided`, user);
  },
  'deposit.cancel': (ledger, _operation, id) => {
    decide(ledger, id, 'canceled', []);
    record(ledger, 'deposit.canceled', id);
  },
  'campaign.create': (ledger, { by, key, price, target }, id) => {
    const fee = ledger.terms.feeOf(price);
    ledger.campaigns.set(id, { client: by, price, fee, target, completed: 0 });
    fund(ledger, { by, key, id, amount: (price + fee) * BigInt(target) });
    record(ledger, 'campaign.create', id);
    tell(ledger, `campaign:${id}:started`, by);
  },
  'campaign.raise': (ledger, { by, key, more }, id) => {
    const campaign = known(ledger.campaigns.get(id), id);
    campaign.target += more;
    fund(ledger, { by, key, id, amount: (campaign.price + campaign.fee) * BigInt(more) });
    record(ledger, 'campaign.raise', id);
  },
  'campaign.delete': (ledger, _operation, id) => {
    const { client, price, fee, target, completed } = known(ledger.campaigns.get(id), id);
    const amount = (price + fee) * BigInt(target - completed);
    const key = `campaign:${id}:refund`;
    const moves = [moveOf(escrow(id), wallet(client), amount)];
    enter(ledger, {
      key,
      type: 'campaign_refund',
      user: client,
      amount,
      status: 'approved',
      moves,
    });
    record(ledger, 'campaign.delete', id);
  },
  'task.take': (ledger, { by, id: campaign }, id) => {
    ledger.takes.set(id, { worker: by, campaign });
    record(ledger, 'take.take', id);
  },
  'task.release': (ledger, _operation, id) => record(ledger, 'take.release', id),
  'proof.submit': (ledger, { id: take }, id) => {
    ledger.proofs.set(id, take);
    record(ledger, 'proof.submit', id);
    tellDesk(ledger, `proof:${id}:waiting`);
  },
  'proof.approve': (ledger, _operation, id) => pay(ledger, id),
  'proof.reject': (ledger, _operation, id) => {
    const { worker } = takeOf(ledger, id);
    record(ledger, 'proof.reject', id);
    tell(ledger, `proof:${id}:rejected`, worker);
  },
  'approvals.start': (ledger, { by, proofs }, id) => {
    record(ledger, 'approvals.start', id);
    for (const proof of proofs) pay(ledger, proof);
    record(ledger, 'approvals.done', id);
    tell(ledger, `approvals:${id}:done`, by);
  },
  'withdrawal.request': (ledger, { by, key: own, amount }, id) => {
    const key = requestKey(by, own);
    const moves = [moveOf(wallet(by), hold(by), amount + ledger.terms.withdrawFee)];
    enter(ledger, { key, type: 'withdraw', user: by, amount, status: 'pending', moves });
    request(ledger, id, { key, user: by, amount });
    record(ledger, 'withdrawal.request', id);
    tellDesk(ledger, `withdrawal:${id}:waiting`);
  },
  'withdrawal.claim': (ledger, _operation, id) => {
    const { user } = known(ledger.requests.get(id), id);
    record(ledger, 'withdrawal.claim', id);
    tell(ledger, `withdrawal:${id}:processing`, user);
  },
  'withdrawal.pay': (ledger, _operation, id) => {
    const { user, amount } = known(ledger.requests.get(id), id);
    const { withdrawFee } = ledger.terms;
    const fee = withdrawFee > 0n ? [moveOf(hold(user), 'revenue', withdrawFee)] : [];
    decide(ledger, id, 'approved', [moveOf(hold(user), 'outside', amount), ...fee]);
    record(ledger, 'withdrawal.pay', id);
    tell(ledger, `withdrawal:${id}:decided`, user);
  },
  'withdrawal.reject': (ledger, _operation, id) => {
    const user = giveBack(ledger, id, 'rejected');
    record(ledger, 'withdrawal.reject', id);
    tell(ledger, `withdrawal:${id}:decided`, user);
  },
  'withdrawal.cancel': (ledger, _operation, id) => {
    giveBack(ledger, id, 'canceled');
    record(ledger, 'withdrawal.cancel', id);
  },
};

const fund = (
  ledger: Ledger,
  paid: { readonly by: string; readonly key: string; readonly id: string; readonly amount: bigint },
): void => {
  const { by, id, amount } = paid;
  const key = requestKey(by, paid.key);
  const moves = [moveOf(wallet(by), escrow(id), amount)];
  enter(ledger, { key, type: 'campaign_funding', user: by, amount, status: 'approved', moves });
};

const giveBack = (ledger: Ledger, id: string, status: string): UserId => {
  const { user, amount } = known(ledger.requests.get(id), id);
  const back = moveOf(hold(user), wallet(user), amount + ledger.terms.withdrawFee);
  decide(ledger, id, status, [back]);
  return user;
};

const takeOf = (ledger: Ledger, proof: string) =>
  known(ledger.takes.get(known(ledger.proofs.get(proof), proof)), `the take of ${proof}`);

/** Reward and fee, and what the client hears at half and at the end (CAM-7, CAM-8). */
const pay = (ledger: Ledger, proof: string): void => {
  const { worker, campaign: id } = takeOf(ledger, proof);
  const campaign = known(ledger.campaigns.get(id), id);
  const { price, fee } = campaign;
  enter(ledger, {
    key: `proof:${proof}:reward`,
    type: 'task_reward',
    user: worker,
    amount: price,
    status: 'approved',
    moves: [moveOf(escrow(id), wallet(worker), price)],
  });
  if (fee > 0n) {
    enter(ledger, {
      key: `proof:${proof}:fee`,
      type: 'platform_fee',
      user: null,
      amount: fee,
      status: 'approved',
      moves: [moveOf(escrow(id), 'revenue', fee)],
    });
  }
  record(ledger, 'proof.approve', proof);
  tell(ledger, `proof:${proof}:approved`, worker);
  countApproval(ledger, id, campaign);
};

const countApproval = (ledger: Ledger, id: string, campaign: Campaign): void => {
  campaign.completed += 1;
  const { client, completed, target } = campaign;
  if (completed === target) {
    record(ledger, 'campaign.complete', id);
    tell(ledger, `campaign:${id}:completed`, client);
  } else if (completed * 2 >= target && (completed - 1) * 2 < target) {
    tell(ledger, `campaign:${id}:half:${target}`, client);
  }
};
