import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { shortId } from '../../../adapters/telegram/buttons.ts';
import type { Campaign, Proof } from '../../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { aDesk, countingOrm, type Desk } from '../../support/desk-on-postgres.ts';

/** What docs/desks.md says; a change that costs more shows here first. */
const PROMISED = { approve: 20, reject: 32, skip: 16 };
/** Screens by their names in docs/desks.md: what is tapped for them, and the most it may cost. */
const SCREENS = {
  'The newest people': [() => 'u', 11],
  Profile: [(person) => `up:${person}`, 15],
  Timeline: [(person) => `ut:${person}`, 12],
  'Audit, the newest': [() => 'j', 14],
  'Audit of one person': [(person) => `j:u:${person}`, 15],
  'Figures, or one of their pictures': [() => 'g', 12],
  'Cash and liability': [() => 'gl', 15],
  Settings: [() => 'e', 10],
  'One setting': [() => 'es:withdrawMin', 13],
  Broadcasts: [() => 'b', 11],
  'A new broadcast, audiences counted': [() => 'bn', 11],
} as const satisfies Readonly<
  Record<string, readonly [tap: (person: string) => string, atMost: number]>
>;

const DOCS = new URL('../../../docs/desks.md', import.meta.url);

describe('PostgreSQL: what the screens of admins cost', () => {
  let database: TestDatabase;
  let counting: Awaited<ReturnType<typeof countingOrm>>;
  let desk: Desk;
  before(async () => {
    database = await cloneDatabase();
    counting = await countingOrm(database.botUrl);
    desk = aDesk(counting.orm);
  });
  after(async () => {
    await counting.orm.close(true);
    await database.drop();
  });

  const cost = async (telegramId: number, data: string): Promise<number> => {
    const before = counting.asked().trips;
    await desk.tap(telegramId, data);
    return counting.asked().trips - before;
  };

  it('REV-2 a decision takes no more round trips than the docs say, however many wait', async () => {
    const { people, tap, choice } = desk;
    const [client, admin] = [await people.client(), await people.admin()];
    const campaign: Campaign = await people.campaign(client, { target: 20 });
    const proofs: Proof[] = [];
    const send = async (many: number): Promise<void> => {
      for (let sent = 0; sent < many; sent += 1) {
        proofs.push(await people.proof(await people.worker(), campaign));
        people.clock.advance(1_000);
      }
    };
    const taking = (data: string): Promise<number> => cost(admin.telegramId, data);
    const next = (): string => {
      const proof = proofs.shift();
      if (!proof) throw new Error('no proof is left');
      return shortId(proof.id);
    };
    const decisions = async () => {
      await tap(admin.telegramId, 'ry');
      return {
        approve: await taking(`ra:${next()}`),
        reject: (await taking(`rr:${next()}`)) + (await taking(await choice(admin.id, 'none'))),
        skip: await taking(`rs:${next()}`),
      };
    };
    await send(5);
    const few = await decisions();
    await send(12);
    expect(await decisions()).to.deep.equal(few);
    for (const [decision, trips] of Object.entries(PROMISED)) {
      expect(few, decision).to.have.property(decision).that.is.at.most(trips);
    }
  });

  it('ADM-3 AUD-3 RPT-1 a screen takes as many round trips however long the history', async () => {
    const { people } = desk;
    const [client, admin, worker] = [
      await people.client(),
      await people.admin(),
      await people.worker(),
    ];
    const work = async (many: number): Promise<void> => {
      for (let done = 0; done < many; done += 1) {
        const campaign = await people.campaign(client, { target: 1 });
        const { id: proofId } = await people.proof(worker, campaign);
        await desk.core.proofs.approve({ actor: admin.actor, proofId });
        people.clock.advance(1_000);
      }
    };
    const screens = async () => {
      const trips: Record<string, number> = {};
      for (const [name, [dataOf]] of Object.entries(SCREENS)) {
        trips[name] = await cost(admin.telegramId, dataOf(shortId(worker.id)));
      }
      return trips;
    };
    await work(3);
    await desk.tap(admin.telegramId, 'h');
    const few = await screens();
    await work(8);
    expect(await screens()).to.deep.equal(few);
    const page = await readFile(DOCS, 'utf8');
    const lines = page.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
    for (const [screen, [, atMost]] of Object.entries(SCREENS)) {
      expect(few, screen).to.have.property(screen).that.is.at.most(atMost);
      expect(lines).to.include(`| ${screen} | ${few[screen]} | ${atMost} |`);
    }
  });
});
