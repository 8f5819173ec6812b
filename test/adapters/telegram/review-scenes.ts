import { asSystem, asUser, type Campaign, type Proof, type Settings } from '../../../core/index.ts';
import type { ChatPerson } from '../../support/chat.ts';
import { aScene } from './desk-scenes.ts';

/** An admin, and so many waiting proofs, each of another worker and a minute younger. */
export const aDesk = async (waiting: number, settings: Partial<Settings> = {}) => {
  const scene = await aScene({ settings });
  const admin = await scene.chat.admin({ firstName: 'Ayu' });
  const workers: ChatPerson[] = [];
  const proofs: Proof[] = [];
  const campaign = await scene.campaign({ target: 20 });
  const more = async (of: Campaign = campaign, picture?: string): Promise<Proof> => {
    const number = workers.length;
    const worker = await scene.chat.worker({
      firstName: `Worker${number}`,
      username: `w${number}`,
    });
    workers.push(worker);
    const proof = await scene.proof(worker, of, picture);
    proofs.push(proof);
    scene.chat.clock.advance(60_000);
    return proof;
  };
  for (let made = 0; made < waiting; made += 1) await more();
  const actor = async () => asUser((await admin.user()).id);
  return {
    ...scene,
    admin,
    workers,
    proofs,
    campaign,
    anotherCampaign: scene.campaign,
    /** One more proof, of one more worker. */
    more,
    verdictOf: async (at: number) => {
      const { decisions } = await scene.chat.core.proofs.case({
        actor: await actor(),
        proofId: nth(proofs, at).id,
      });
      return decisions.map(({ verdict, reason }) => ({ verdict, reason }));
    },
    /** Works off what was ordered, as the job does. */
    workOff: async (limit = 100) => {
      const { chat } = scene;
      const done = await chat.core.approvals.run({ actor: asSystem('test'), limit });
      await chat.deliver();
      return done;
    },
  };
};

export const nth = <T>(list: readonly T[], at: number): T => {
  const item = list[at];
  if (item === undefined) throw new Error(`nothing at ${at}`);
  return item;
};
