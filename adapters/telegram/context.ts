import type { Context } from 'telegraf';
import type { Turn } from './turn.ts';

/** Telegraf's context with the turn that the update is handled in. */
export type UpahContext = Context & { turn: Turn; match?: RegExpExecArray };
