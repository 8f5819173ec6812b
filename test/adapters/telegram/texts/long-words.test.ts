import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { CAPTION_MAX, TEXT_MAX } from '../../../../adapters/telegram/delivery/fit.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { asUser, MINUTE_MS } from '../../../../core/index.ts';
import type { ChatPerson, ShownScreen } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** Everything as long as it may be: names, links, instructions, reasons, money. */
const NAME = '&'.repeat(200);
const LINK = `https://www.instagram.com/p/${'a'.repeat(1_970)}`;
const INSTRUCTIONS = '<'.repeat(1_000);
const REASON = '"'.repeat(500);

const INDONESIAN = /\b(?:Anda|dari|saldo|tugas|bukti|kembali|beranda|sisa|ketuk|jumlah|batal)\b/i;

/** Nothing was cut where Telegram's limits are, only where we chose to. */
const expectWhole = (screen: ShownScreen, what: string): void => {
  const max = screen.attachment ? CAPTION_MAX : TEXT_MAX;
  expect(screen.text.length, what).to.be.within(1, max - 1);
  for (const label of screen.labels) expect(label.length, `${what}: ${label}`).to.be.at.most(64);
  if (/🏠 Home|🚫 Cancel/.test(screen.labels.join())) {
    expect(screen.text + screen.labels.join(), what).not.to.match(INDONESIAN);
  }
};

const aLongScene = async () => {
  const scene = await aScene();
  const { chat, campaign } = scene;
  scene.client.rename({ firstName: NAME });
  const made = await campaign({ link: LINK, instructions: INSTRUCTIONS, target: 100_000 });
  const worker = await chat.worker({ firstName: NAME });
  const admin = await chat.admin({ firstName: NAME });
  return { ...scene, made, worker, admin };
};

const visit = async (person: ChatPerson, codes: readonly string[]): Promise<void> => {
  for (const code of codes) {
    const screen = await person.tap(code);
    expect(person.answer()?.alert ?? false, `${code}: ${person.answer()?.text}`).to.equal(false);
    expectWhole(screen, code);
  }
};

describe('Telegram: the longest words', () => {
  for (const language of ['id', 'en'] as const) {
    const { labels } = textsIn(language);

    it(`UX-2 no client screen is cut by Telegram's limits (${language})`, async () => {
      const { client, made, chat, admin } = await aLongScene();
      await client.tap(`lg:${language}`);
      chat.ports.changeSettings({ targetMax: 200_000 });
      await chat.fund(client, 900_000_000);
      const id = shortId(made.id);
      await visit(client, ['h:0', 'cl:0', `cs:${id}`, `cg:${id}`, `ct:${id}`, `cd:${id}`]);
      await client.tap(`ct:${id}`);
      expectWhole(await client.say('100000'), 'summary');
      const actor = asUser((await admin.user()).id);
      await chat.core.campaigns.pause({ actor, campaignId: made.id, reason: REASON });
      await visit(client, [`cs:${id}`]);
      await chat.core.campaigns.delete({ actor, campaignId: made.id, reason: REASON });
      await visit(client, [`cs:${id}`, 'h:0', 'cl:0', 'ba:0', 'hi:0']);
    });

    it(`UX-2 no question of a wizard is cut by Telegram's limits (${language})`, async () => {
      const { client, chat } = await aLongScene();
      chat.ports.changeSettings({ depositInstructions: '&'.repeat(2_000) });
      await chat.fund(client, 900_000_000);
      await client.tap(`lg:${language}`);
      const wizards: Readonly<Record<string, readonly string[]>> = {
        'cn:0': [LINK, INSTRUCTIONS, '5000', '100000'],
        'tu:0': ['50.000.000'],
        'wd:0': ['5.000.000', '081234567890'],
      };
      for (const [begin, typed] of Object.entries(wizards)) {
        await visit(client, [begin]);
        if (begin === 'cn:0') await client.tap('Follow');
        for (const answer of typed) {
          const screen = await client.say(answer);
          expect(screen.text, begin).not.to.contain('⚠️');
          expectWhole(screen, `${begin} ${answer.slice(0, 20)}`);
        }
      }
    });

    it(`UX-2 no worker screen is cut by Telegram's limits (${language})`, async () => {
      const { worker, made, chat, admin, proof } = await aLongScene();
      await worker.tap(`lg:${language}`);
      const id = shortId(made.id);
      await visit(worker, ['h:0', 'of:0', `o:${id}`, `tk:${id}`, 'mt:0']);
      const actor = asUser((await worker.user()).id);
      const [view] = await chat.core.tasks.mine({ actor });
      if (!view) throw new Error('one was taken');
      const take = shortId(view.take.id);
      await visit(worker, [`tv:${take}`, `rl:${take}`, `sp:${take}`, 'h:0', `rx:${take}`]);
      for (const decided of [0, 1]) {
        chat.clock.advance(MINUTE_MS);
        const { id: proofId } = await proof(worker, made);
        const told = { actor: asUser((await admin.user()).id), proofId, reason: REASON };
        await chat.core.proofs.reject(told);
        if (decided === 1) await visit(worker, ['tp:0', 'te:0', 'mt:0', 'h:0', 'ba:0']);
      }
      expect(worker.screen().labels.join()).to.contain(labels.withdraw);
    });
  }
});
