import { forBotRole } from '../format.ts';

/** Settings that go back to their default (ADM-4). */
export const settings = forBotRole('grant delete on settings to upah_bot;');
