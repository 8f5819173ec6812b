import { expect } from 'chai';
import { asRefusal, createCore, type Actor, type Core } from '../../core/index.ts';
import { withBooks } from '../support/broken-books.ts';
import { aMarket, OPERATOR, type Market } from '../support/market.ts';
import { EVERY_USE_CASE } from './every-use-case.ts';
import { aScene, isForAdmins, type Allowed, type Scene } from './scene.ts';

/** What stands still while a freeze is in force. */
const STOPS = [
  'approvals.start',
  'proofs.approve',
  'proofs.previewReversal',
  'proofs.reverse',
  'wallet.payoutRevenue',
  'withdrawals.claim',
  'withdrawals.pay',
];

/** What goes on. A new use case has to be named here or above. */
const GOES_ON: Readonly<Record<string, string>> = {
  users:
    'register noteReach applyConfiguredAdmins admins acceptTerms setLanguage chooseRole openThings ' +
    'changeRole search show grantAdmin setPermissions revokeAdmin suspend unsuspend',
  wallet:
    'trialBalance verify verifyRecent balances history earnings ledger ' +
    'quoteAdjustment adjust revenue',
  campaigns: 'quote create quoteRaise raise mine all pause resume delete show days',
  tasks: 'expireDue remindDue offers offer take mine past show release holders',
  proofs: 'submit queue next open release case waiting decided taskHistory reject',
  approvals: 'preview show run',
  deposits: 'check request mine cancel waiting next show approve reject',
  withdrawals:
    'prepareNumber revealNumber quote request mine cancel show waiting next ' +
    'claimedByOthers endorse takeBackEndorsement reject',
  freeze: 'check current lift ownerNews noteOwnerTold',
  broadcasts: 'preview start pause resume cancel show list feed noteShown',
  reports: 'figures liability profile timeline closeDays pruneActivity daily',
  audit:
    'browse show orderExport exportPart admins describeFilter campaignsOn ' +
    'seal verify announceHead head unsealedSeconds',
  owner: 'untold noteTold',
  wellbeing: 'due noteTold',
  files: 'storeScreenshot storeTransferProof',
  outbox: 'claimDue renew settle prune',
  channel: 'park prune',
  settings: 'current list read change reset setTerms setRejectReasons',
};

const ALL = Object.entries(EVERY_USE_CASE).flatMap(([feature, useCases]) =>
  Object.entries(useCases).map(([name, [allowed, call]]) => ({
    name: `${feature}.${name}`,
    allowed,
    call,
  })),
);

/** Somebody who may do it: with `own`, whoever has one in the scene. */
const whoMay = async (market: Market, allowed: Allowed, scene: Scene): Promise<Actor> => {
  if (allowed === 'operator' || allowed === 'no actor') return OPERATOR;
  if (isForAdmins(allowed)) return (await market.admin()).actor;
  return (allowed === 'worker' ? scene.worker : scene.client).actor;
};

/** The core on a ledger without a wall of its own: what is too late to refuse is a defect here. */
const withoutWall = ({ ports }: Market): Core => {
  const moved = () => Promise.reject(new Error('money was moved'));
  return createCore({
    ...ports,
    unitOfWork: {
      run: (work) =>
        ports.unitOfWork.run((tx) =>
          work({ ...tx, wallets: { ...tx.wallets, post: moved, decide: moved } }),
        ),
    },
  });
};

interface Tried {
  readonly outcome: string;
  readonly isChanged: boolean;
}

/** How a use case ends in a market of its own. */
const tried = async (
  { allowed, call }: (typeof ALL)[number],
  how: { readonly isFrozen: boolean; readonly coreOf?: (market: Market) => Core },
): Promise<Tried> => {
  const market = aMarket();
  const scene = await aScene(market);
  const actor = await whoMay(market, allowed, scene);
  if (how.isFrozen) await withBooks(market).freeze();
  const before = await rowsOf(market);
  const core = how.coreOf?.(market) ?? market.core;
  const outcome = await outcomeOf(call(core, actor, scene));
  return { outcome, isChanged: (await rowsOf(market)) !== before };
};

const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  const [result] = await Promise.allSettled([work]);
  if (result.status === 'fulfilled') return 'done';
  return asRefusal(result.reason)?.code ?? String(result.reason);
};

const rowsOf = async (market: Market): Promise<string> => {
  const { wallets, holds, escrows, revenue, outside } = await market.trialBalance();
  const counts = [market.ports.auditLog().length, market.ports.outboxMessages().length];
  return [...counts, wallets, holds, escrows, revenue, outside].join(' ');
};

describe('While the books do not add up', () => {
  it('WAL-13 every use case is known to stop or to go on', () => {
    const named = Object.entries(GOES_ON).flatMap(([feature, names]) =>
      names.split(' ').map((name) => `${feature}.${name}`),
    );
    expect([...named, ...STOPS]).to.have.members(ALL.map(({ name }) => name));
  });

  for (const one of ALL.filter(({ name }) => STOPS.includes(name))) {
    it(`WAL-13 ${one.name} is refused before money moves, and changes nothing`, async () => {
      const refused = { outcome: 'freeze.in-force', isChanged: false };
      expect(await tried(one, { isFrozen: true })).to.deep.equal(refused);
      expect(await tried(one, { isFrozen: true, coreOf: withoutWall })).to.deep.equal(refused);
      expect((await tried(one, { isFrozen: false })).outcome).not.to.equal('freeze.in-force');
    });
  }

  for (const one of ALL.filter(({ name }) => !STOPS.includes(name) && name !== 'freeze.lift')) {
    it(`WAL-13 ${one.name} goes on`, async () => {
      const { outcome } = await tried(one, { isFrozen: true });
      expect(outcome).to.equal((await tried(one, { isFrozen: false })).outcome);
      expect(outcome).not.to.equal('freeze.in-force');
    });
  }
});
