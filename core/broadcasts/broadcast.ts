import {
  invariant,
  refuseCommon,
  refusing,
  requireText,
  type Audience,
  type BroadcastId,
  type UserId,
} from '../kernel/index.ts';

export { AUDIENCES, type Audience } from '../kernel/index.ts';

/** A canceled one ends when what was on its way has arrived. */
export type BroadcastStatus = 'running' | 'paused' | 'canceled' | 'done';

/** A message of an admin to many (ADM-5). */
export interface Broadcast {
  readonly id: BroadcastId;
  readonly adminId: UserId;
  readonly audience: Audience;
  /** 1 … 3,500 characters, with a picture 1 … 900; plain text. */
  readonly text: string;
  /** Stored path of a picture; null: text alone. */
  readonly photo: string | null;
  readonly status: BroadcastStatus;
  readonly createdAt: Date;
  /** Every recipient has an outcome since then; null: not yet. */
  readonly endedAt: Date | null;
  /** Who paused it, let it go on or canceled it last; null: nobody did. */
  readonly changedBy: UserId | null;
  /** When its admin was last shown how far it is; null: never. */
  readonly toldAt: Date | null;
  /** Which message shows the admin how far it is, in the channel's own numbers; null: none yet. */
  readonly shownIn: number | null;
}

/** What came of one recipient; it stands (ADM-5). */
export type RecipientOutcome = 'sent' | 'blocked' | 'failed' | 'canceled';

/** How far it is: every recipient is in exactly one of them. */
export interface BroadcastProgress {
  readonly recipients: number;
  readonly sent: number;
  /** Cannot be reached: blocked the bot, is gone, or was suspended since it began. */
  readonly blocked: number;
  /** Telegram would not take it. */
  readonly failed: number;
  /** Left out because it was canceled. */
  readonly canceled: number;
  readonly waiting: number;
}

export interface BroadcastReport {
  readonly broadcast: Broadcast;
  readonly by: { readonly id: UserId; readonly displayName: string };
  readonly progress: BroadcastProgress;
}

export interface BroadcastRefusals {
  /** Nobody is in this audience. */
  'broadcast.nobody': null;
  /** It has ended, and neither goes on nor stops any more. */
  'broadcast.ended': { readonly status: 'canceled' | 'done' };
  /** One at a time: another one is not done yet. */
  'broadcast.another-running': null;
}
export const refuseBroadcast = refusing<BroadcastRefusals>();

/** Of a text alone; Telegram takes 4,096, and a heading stands above it. */
export const BROADCAST_TEXT_MAX = 3_500;
/** Of a text below a picture; Telegram takes 1,024. */
export const BROADCAST_CAPTION_MAX = 900;

/** The text as people will get it: counted as Telegram counts, where a picture sign may be two. */
export const broadcastText = (text: string, photo: string | null): string => {
  const max = photo === null ? BROADCAST_TEXT_MAX : BROADCAST_CAPTION_MAX;
  const clean = requireText(text, max);
  if (clean.length > max) throw refuseCommon('text.too-long', { max });
  return clean;
};

const requireOpen = ({ status }: Broadcast): void => {
  if (status === 'done' || status === 'canceled')
    throw refuseBroadcast('broadcast.ended', { status });
};

/** Asking twice changes nothing the second time. */
export const paused = (broadcast: Broadcast, by: UserId): Broadcast => {
  requireOpen(broadcast);
  return broadcast.status === 'paused'
    ? broadcast
    : { ...broadcast, status: 'paused', changedBy: by };
};

/** Asking twice changes nothing the second time. */
export const resumed = (broadcast: Broadcast, by: UserId): Broadcast => {
  requireOpen(broadcast);
  return broadcast.status === 'running'
    ? broadcast
    : { ...broadcast, status: 'running', changedBy: by };
};

/** Asking twice changes nothing the second time. */
export const canceled = (broadcast: Broadcast, by: UserId): Broadcast => {
  if (broadcast.status === 'canceled') return broadcast;
  requireOpen(broadcast);
  return { ...broadcast, status: 'canceled', changedBy: by };
};

/** Every recipient has an outcome: where a cancel came too late for all of them it is done. */
export const ended = (
  broadcast: Broadcast,
  { canceled: leftOut }: BroadcastProgress,
  at: Date,
): Broadcast => {
  invariant(broadcast.endedAt === null, 'a broadcast ends once');
  return { ...broadcast, status: leftOut > 0 ? 'canceled' : 'done', endedAt: at };
};
