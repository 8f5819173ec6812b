import { expect } from 'chai';
import type { MessageEntity } from '../../../adapters/sandbox/index.ts';
import { CITRA, greeted, type Stage } from './world.ts';

export type Mode = 'HTML' | 'Markdown' | 'MarkdownV2';

/** Entities as one line: type, offset and length, and what they carry. */
export const spelled = (entities: readonly MessageEntity[]): string =>
  entities
    .map(({ type, offset, length, url, user, language, custom_emoji_id: emoji }) =>
      [type, offset, length, url ?? user?.id ?? language ?? emoji]
        .filter((part) => part !== undefined)
        .join(),
    )
    .join(' ');

/** What becomes of a text with markup, or the refusal of it without the usual prefix. */
export async function sent(
  on: Stage,
  text: string,
  mode: Mode,
): Promise<readonly [string, string]> {
  const { body } = await on.call('sendMessage', { chat_id: CITRA, text, parse_mode: mode });
  const prefix = "Bad Request: can't parse entities: ";
  if (!body.ok) return ['refused', (body.description ?? '').replace(prefix, '')];
  const message = body.result as { text: string; entities?: MessageEntity[] };
  return [message.text, spelled(message.entities ?? [])];
}

/** One sandbox for a table of markup. */
export async function expectAll(
  mode: Mode,
  table: readonly (readonly [markup: string, text: string, entities: string])[],
): Promise<void> {
  await using on = await greeted();
  for (const [markup, ...expected] of table) {
    expect(await sent(on, markup, mode), markup).to.deep.equal(expected);
  }
}
