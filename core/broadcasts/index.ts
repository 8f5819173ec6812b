import { feedBroadcast } from './feed-broadcast.ts';
import { noteBroadcastShown } from './note-shown.ts';
import {
  listBroadcasts,
  previewBroadcast,
  showBroadcast,
  type BroadcastPorts,
} from './show-broadcasts.ts';
import { startBroadcast } from './start-broadcast.ts';
import { cancelBroadcast, pauseBroadcast, resumeBroadcast } from './steer-broadcast.ts';

export * from './broadcast.ts';
export * from './ports.ts';
export { PROGRESS_EVERY_MS, type FeedBroadcast } from './feed-broadcast.ts';
export type { NoteBroadcastShown } from './note-shown.ts';
export type { ListBroadcasts, PreviewBroadcast, ShowBroadcast } from './show-broadcasts.ts';
export type { StartBroadcast } from './start-broadcast.ts';
export type { SteerBroadcast } from './steer-broadcast.ts';
export {
  BROADCAST_KIND,
  PROGRESS_KIND,
  type BroadcastMessage,
  type ProgressMessage,
} from './tell-progress.ts';

/** Messages of admins to many (ADM-5). */
export const createBroadcasts = (ports: BroadcastPorts) => ({
  preview: previewBroadcast(ports),
  start: startBroadcast(ports),
  pause: pauseBroadcast(ports),
  resume: resumeBroadcast(ports),
  cancel: cancelBroadcast(ports),
  show: showBroadcast(ports),
  list: listBroadcasts(ports),
  feed: feedBroadcast(ports),
  noteShown: noteBroadcastShown(ports),
});
