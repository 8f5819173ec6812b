import { join } from 'node:path';
import { createProofStorage } from '../../adapters/filesystem/index.ts';
import { createImageInspector } from '../../adapters/images/index.ts';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { samplePicture } from '../../adapters/sandbox/index.ts';
import {
  createCipher,
  loadOrCreateKey,
  sha256Digests,
  uuidIds,
} from '../../adapters/system/index.ts';
import {
  asUser,
  type Campaign,
  type Deposit,
  type OwnedCampaign,
  type OwnRole,
  type Proof,
  type ReceivedFile,
  type Withdrawal,
} from '../../core/index.ts';
import { aFile, freshHash, freshId, freshNumber, rupiahs } from './builders.ts';
import { FIRST_PAGE, peopleOn, type People, type PeoplePorts, type Person } from './market.ts';
import type { BotUnderTest } from './running-bot.ts';

/** Named here when they are not one of the sandbox's people. */
export interface Somebody {
  readonly name: string;
  readonly telegramId?: number;
}

/** Everybody who did their part before a story begins. */
export type Crowd = Awaited<ReturnType<typeof crowdOf>>;

/** People whom the core itself lets act, on the database and the files of a running bot. */
export const crowdOf = async (bot: BotUnderTest) => {
  const ports = await portsOf(bot);
  ports.clock.set(new Date());
  const people = peopleOn(ports);
  const file = await pictures(people);
  return { ...people, file, ...arrivals(people), ...deeds(people, file) };
};

const portsOf = async ({ config, database }: BotUnderTest): Promise<PeoplePorts> => ({
  ...createMemoryPorts(),
  ...createPostgresPorts({ orm: database.orm, settings: config.settings }),
  proofStorage: createProofStorage({ root: join(config.dataDir, 'proofs') }),
  imageInspector: createImageInspector(),
  cipher: createCipher({
    keys: [{ id: 'k1', key: await loadOrCreateKey(join(config.dataDir, 'encryption.key')) }],
  }),
  ids: uuidIds,
  byteDigest: sha256Digests,
  digests: sha256Digests,
});

type Pictured = 'screenshot' | 'receipt';

const PICTURES = 3;

/** Files that nobody sent before, as far as anybody can tell; a few pictures serve for all. */
const pictures = async ({ core }: People) => {
  const keep = async (kind: Pictured): Promise<Partial<ReceivedFile>[]> =>
    Promise.all(
      Array.from({ length: PICTURES }, async () =>
        core.files.storeScreenshot({ bytes: await samplePicture(kind), maxBytes: 10_000_000 }),
      ),
    );
  const kept = { screenshot: await keep('screenshot'), receipt: await keep('receipt') };
  let sent = 0;
  return (kind: Pictured): ReceivedFile => {
    sent += 1;
    return aFile({
      ...kept[kind][sent % PICTURES],
      sha256Received: freshHash(),
      perceptualHash: freshHash(),
    });
  };
};

const arrivals = ({ core }: People) => ({
  /** Terms accepted, role chosen; the sandbox may know them. */
  arrive: async (
    { name, telegramId = freshNumber() }: Somebody,
    role: OwnRole,
  ): Promise<Person> => {
    const names = { username: null, displayName: name, languageCode: 'id' };
    const { user } = await core.users.register({ telegramId, ...names });
    const who = { id: user.id, actor: asUser(user.id), telegramId };
    await core.users.acceptTerms({ actor: who.actor, version: 1 });
    await core.users.chooseRole({ actor: who.actor, role });
    return who;
  },
});

const deeds = (people: People, file: (kind: Pictured) => ReceivedFile) => {
  const { core, clock } = people;
  const send = async (
    worker: Person,
    of: Pick<Campaign, 'id'>,
    sent: ReceivedFile = file('screenshot'),
  ): Promise<Proof> => {
    const { id: takeId } = await people.take(worker, of);
    const { actor } = worker;
    return core.proofs.submit({ actor, takeId, file: sent, sentAt: clock.now() });
  };
  return {
    send,
    /** Does a task and is paid for it. */
    earn: async (worker: Person, of: Pick<Campaign, 'id'>): Promise<void> => {
      await people.approve(await send(worker, of));
    },
    /** What an admin decides on the oldest proof that waits. */
    decideOldest: async (verdict: 'approve' | 'reject', reason: string | null = null) => {
      clock.set(new Date());
      const { actor } = await people.house();
      const oldest = await core.proofs.next({ actor, skipped: [] });
      if (!oldest) throw new Error('no proof waits');
      const { id: proofId } = oldest.proof;
      if (verdict === 'approve') return core.proofs.approve({ actor, proofId });
      return core.proofs.reject({ actor, proofId, reason });
    },
    /** An admin credits what the oldest waiting top-up claims. */
    creditOldest: async () => {
      const { actor } = await people.house();
      const oldest = await core.deposits.next({ actor, skipped: [] });
      if (!oldest) throw new Error('no top-up waits');
      const { id: depositId, claimed: credited } = oldest.deposit;
      return core.deposits.approve({ actor, depositId, credited, reason: null });
    },
    newestCampaign: async (): Promise<OwnedCampaign> => {
      const { actor } = await people.house();
      const { items } = await core.campaigns.all({ actor, filter: {}, page: FIRST_PAGE });
      return items[0] as OwnedCampaign;
    },
    /** Claims to have transferred so much. */
    claimTransfer: (
      client: Person,
      amount: number,
      sent: ReceivedFile = file('receipt'),
    ): Promise<Deposit> =>
      core.deposits.request({
        actor: client.actor,
        amount: rupiahs(amount),
        key: freshId(),
        file: sent,
      }),
    askFor: (worker: Person, amount: number, number: string): Promise<Withdrawal> =>
      people.withdraw(worker, amount, number),
  };
};
