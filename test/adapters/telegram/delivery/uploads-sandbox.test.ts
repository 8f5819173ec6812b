import { expect } from 'chai';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { createChartPainter } from '../../../../adapters/charts/index.ts';
import { createManualClock, createMemoryPorts } from '../../../../adapters/memory/index.ts';
import { createNotifier } from '../../../../adapters/telegram/delivery/notifier.ts';
import { html } from '../../../../adapters/telegram/html.ts';
import { screenToJson, type Attachment } from '../../../../adapters/telegram/screen.ts';
import type { UserId } from '../../../../core/index.ts';
import { NO_BROADCASTS } from '../../../support/broadcasts.ts';
import { aMessage, freshId } from '../../../support/builders.ts';
import { aScreen } from '../../images/pictures.ts';
import { CITRA, greeted, type Stage } from '../../sandbox/world.ts';

/** Screens of one admin, delivered by the real notifier to the sandbox. */
const aDesk = async ({ sandbox, telegram }: Stage) => {
  const { proofStorage } = createMemoryPorts();
  const to = freshId<UserId>();
  let screenMessageId: number | null = null;
  const failures: string[] = [];
  const notifier = createNotifier({
    telegram,
    proofStorage,
    chartPainter: createChartPainter(),
    clock: createManualClock(),
    findRecipient: async () => ({
      userId: to,
      chatId: CITRA,
      language: 'id',
      role: 'admin',
      permissions: [],
      screenMessageId,
    }),
    noteScreen: async (_user, id) => void (screenMessageId = id),
    revealNumber: async () => null,
    deskNow: async () => null,
    broadcasts: NO_BROADCASTS,
    readAudit: async () => ({ items: [], older: null, newer: null }),
    isOutage: () => false,
    onFailed: (_message, why) => failures.push(why),
    onTrouble: (_message, error) => failures.push(String(error)),
  });
  /** Resolves to a hash of the picture that the admin then looks at. */
  const show = async (words: string, attachment: Attachment, fresh = false): Promise<string> => {
    const text = html`<b>${words as never}</b>`;
    const payload = screenToJson({ text, keyboard: [], attachment, fresh });
    const message = { ...aMessage({ to, kind: 'screen', payload }), attempt: 1, defects: 0 };
    const outcome = await notifier.deliver(message);
    expect(outcome, failures.join()).to.deep.equal({ outcome: 'sent' });
    const { messages } = await sandbox.client.chat(CITRA);
    const shown = messages.find(({ id }) => id === screenMessageId);
    expect(shown?.text).to.equal(words);
    const bytes = await fetch(new URL(shown?.photo?.url ?? '', sandbox.url));
    return createHash('sha256')
      .update(new Uint8Array(await bytes.arrayBuffer()))
      .digest('hex');
  };
  const proof = async (seed: number): Promise<Attachment> => {
    const bytes = await aScreen(400, 800, seed).jpeg().toBuffer();
    return { path: (await proofStorage.put(bytes, 'image/jpeg')).path, as: 'photo' };
  };
  return { show, proof };
};

/** The calls of the bot that carried a file's bytes, by their method. */
const uploads = async ({ sandbox }: Stage): Promise<readonly string[]> =>
  (await sandbox.client.requests())
    .filter(({ params }) => Object.values(params).some(isFile))
    .map(({ method }) => method);

const isFile = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'bytes' in value;

describe('Telegram: uploads, counted by the sandbox', () => {
  it('REV-2 a review of three cases with one reason step uploads three pictures', async () => {
    await using stage = await greeted();
    const { show, proof } = await aDesk(stage);
    const [first, second, third] = [await proof(1), await proof(2), await proof(3)];
    const seen = [
      await show('Bukti 1', first, true),
      await show('Bukti 1, alasan?', first),
      await show('Disetujui. Bukti 2', second),
      await show('Bukti 3', third),
      await show('Bukti 2 lagi', second),
      await show('Bukti 1 di bawah', first, true),
    ];
    const [one, , two, three] = seen;
    expect(new Set([one, two, three]).size).to.equal(3);
    expect(seen).to.deep.equal([one, one, two, three, two, one]);
    expect(await uploads(stage)).to.deep.equal([
      'sendPhoto',
      'editMessageMedia',
      'editMessageMedia',
    ]);
  });

  it('NTF-2 file ids that the sandbox has forgotten cost the bytes once more', async () => {
    await using stage = await greeted();
    const { show, proof } = await aDesk(stage);
    const picture = await proof(1);
    const before = await show('Bukti 1', picture, true);
    await stage.sandbox.client.fault({
      method: 'sendPhoto',
      errorCode: 400,
      description: 'Bad Request: wrong file identifier/HTTP URL specified',
    });
    expect(await show('Bukti 1 di bawah', picture, true)).to.equal(before);
    expect(await uploads(stage)).to.deep.equal(['sendPhoto', 'sendPhoto']);
  });

  it('CAM-8 a chart arrives as a picture of its size', async () => {
    await using stage = await greeted();
    const { show } = await aDesk(stage);
    const chart = {
      title: 'Like di Instagram',
      subtitle: null,
      labels: ['20 Nov', '21 Nov'],
      series: [{ name: 'Disetujui', as: 'line', values: [1, 4] }],
      unit: 'count',
      goal: { label: 'Target 10', value: 10 },
    } as const;
    await show('Kemajuan', { chart }, true);
    await show('Kemajuan, diperbarui', { chart });
    expect(await uploads(stage)).to.deep.equal(['sendPhoto']);
    const [message] = (await stage.sandbox.client.chat(CITRA)).messages.slice(-1);
    expect(message?.photo).to.include({ width: 1_080, height: 720 });
    const bytes = await fetch(new URL(message?.photo?.url ?? '', stage.sandbox.url));
    const { dominant } = await sharp(await bytes.arrayBuffer()).stats();
    expect(Math.min(dominant.r, dominant.g, dominant.b)).to.be.above(220);
  });
});
