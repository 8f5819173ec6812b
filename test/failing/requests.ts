import type { Actor } from '../../core/index.ts';
import { EVERY_USE_CASE } from '../core/every-use-case.ts';
import { aScene, isForAdmins, type Allowed, type Scene } from '../core/scene.ts';
import { OPERATOR, type People } from '../support/market.ts';
import type { Prepare } from './ground.ts';
import { byHand } from './money-scenes.ts';
import { SPECIAL as OTHERS, whatDoesNotAddUp, type Scenery } from './scenes.ts';

const SPECIAL: Readonly<Record<string, Scenery>> = { ...OTHERS, ...byHand };

const inCore =
  (scenery: Scenery): Prepare =>
  async (people, ports) => {
    const call = await scenery(people, ports);
    return ({ core }) => call(core);
  };

const actorFor = async (people: People, allowed: Allowed, scene: Scene): Promise<Actor> => {
  if (allowed === 'operator') return OPERATOR;
  if (isForAdmins(allowed)) return (await people.admin()).actor;
  return allowed === 'worker' ? scene.worker.actor : scene.client.actor;
};

/** Reads what is streamed, too. */
const wholly = async (answer: unknown): Promise<unknown> => {
  const result: unknown = await answer;
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) {
    return result;
  }
  const items: unknown[] = [];
  for await (const item of result as AsyncIterable<unknown>) items.push(item);
  return items;
};

const usual = (allowed: Allowed, call: (typeof EVERY_USE_CASE)[string][string][1]): Prepare =>
  inCore(async (people) => {
    const scene = await aScene(people);
    const actor = await actorFor(people, allowed, scene);
    return (core) => wholly(call(core, actor, scene));
  });

const USUAL = Object.entries(EVERY_USE_CASE).flatMap(([feature, useCases]) =>
  Object.entries(useCases)
    .filter(([name, [allowed]]) => !SPECIAL[`${feature}.${name}`] && allowed !== 'no actor')
    .map(([name, [allowed, call]]) => [`${feature}.${name}`, usual(allowed, call)] as const),
);

/** A request for every use case of the façade that does something, for some of them several. */
export const REQUESTS: ReadonlyMap<string, Prepare> = new Map([
  ...USUAL,
  ['freeze.check, what does not add up', whatDoesNotAddUp] as const,
  ...Object.entries(SPECIAL).map(([name, scenery]) => [name, inCore(scenery)] as const),
]);

/** Only look, by feature. */
const LOOKS: Readonly<Record<string, string>> = {
  users: 'admins openThings search show',
  settings: 'current list read',
  wallet:
    'trialBalance verify verifyRecent balances history earnings ledger quoteAdjustment revenue',
  campaigns: 'quote quoteRaise mine all show days',
  tasks: 'offers offer mine past show holders',
  proofs: 'queue case waiting decided taskHistory previewReversal',
  approvals: 'preview show',
  broadcasts: 'preview show list',
  deposits: 'check mine waiting next show',
  withdrawals: 'prepareNumber revealNumber quote mine show waiting next claimedByOthers',
  freeze: 'current ownerNews',
  owner: 'untold',
  wellbeing: 'due',
  reports: 'figures liability profile timeline',
  audit: 'verify head unsealedSeconds browse show exportPart admins campaignsOn describeFilter',
  files: 'storeScreenshot storeTransferProof',
};

/** Only look. */
export const READING: ReadonlySet<string> = new Set(
  Object.entries(LOOKS).flatMap(([feature, names]) =>
    names.split(' ').map((name) => `${feature}.${name}`),
  ),
);

/** What a check had found before it failed counts (WAL-13): a part is left, and on purpose. */
export const PARTLY: ReadonlySet<string> = new Set(['freeze.check, what does not add up']);

/**
 * Sent again, these go on with what comes next: a lease that nobody heard of runs out, and whoever
 * orders an export again has ordered two.
 */
export const MOVING_ON: ReadonlySet<string> = new Set(['outbox.claimDue', 'audit.orderExport']);
