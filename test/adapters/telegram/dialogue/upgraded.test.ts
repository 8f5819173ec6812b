import { expect } from 'chai';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { Json } from '../../../../core/index.ts';
import { aPicture, type Chat, type ChatPerson } from '../../../support/chat.ts';
import { aDepositDesk } from '../money-scenes.ts';

/** Where an admin stood when the release came that knows these dialogues no more. */
const leftIn = async (chat: Chat, admin: ChatPerson, dialogue: { flow: string; data: Json }) => {
  const { id } = await admin.user();
  await chat.ports.unitOfWork.run(async (tx) => {
    const before = await tx.conversations.find(id);
    if (!before) throw new Error('nobody has talked yet');
    const expiresAt = new Date(chat.clock.now().getTime() + 3_600_000);
    await tx.conversations.save({ ...before, step: 'amount', version: 1, expiresAt, ...dialogue });
  });
  return `d@${((await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id)))?.revision ?? 0).toString(36)}`;
};

describe('Telegram: dialogues of an older release', () => {
  for (const flow of ['correct-deposit', 'reject-deposit']) {
    it(`UX-3 “${flow}”, left open at the upgrade, ends with a sentence whatever comes next`, async () => {
      for (const act of ['text', 'tap', 'file'] as const) {
        const { chat, admin, deposit, standing } = await aDepositDesk();
        await admin.say('/start');
        const data = { depositId: deposit.id, credited: '90000' };
        const here = await leftIn(chat, admin, { flow, data });
        const acts = {
          text: () => admin.say('90000'),
          tap: () => admin.tap(`${here}:confirm`),
          file: () => admin.sendFile(aPicture()),
        };
        const screen = await acts[act]();
        const said = `${admin.answer()?.text} ${screen.text}`;
        expect(said, act).to.contain(textsIn('id').common.dialogueGone);
        expect((await standing(deposit)).status).to.equal('pending');
        expect((await admin.say('Deposit')).labels.join(), act).to.contain('Setujui');
      }
    });
  }
});
