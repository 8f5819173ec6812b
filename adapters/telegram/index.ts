export { createRouter, type BotRouter, type Features } from './bot.ts';
export { NEXT_PAGE } from './buttons.ts';
export { deskNow } from './delivery/desk-now.ts';
export { broadcastsOf } from './delivery/send-broadcast.ts';
export { createNotifier, type NotifierPorts, type Recipient } from './delivery/notifier.ts';
export { readAudit } from './delivery/send-audit.ts';
export { revealNumber } from './delivery/reveal-number.ts';
export { features } from './features/index.ts';
export { money } from './format.ts';
export { handleUpdate, type Handled, type HandlePorts } from './updates/handle-update.ts';
export { plainText } from './html.ts';
export {
  workLane,
  type LaneFailure,
  type LaneWorkerPorts,
  type UpdateDone,
} from './updates/lane-worker.ts';
export { ALLOWED_UPDATES, longPoll, type LongPollPorts } from './updates/long-poll.ts';
export {
  createOwnerChat,
  type OwnerChat,
  type OwnerChatOptions,
  type Unheard,
} from './delivery/owner-chat.ts';
export { prepareFile, type PreparePorts } from './updates/prepare-file.ts';
export {
  NoUpdate,
  receiveUpdates,
  type ReceivePorts,
  type ReceiveUpdates,
} from './updates/receive.ts';
export {
  createTapAnswers,
  type TapAnswers,
  type TapAnswersOptions,
} from './updates/tap-answers.ts';
export { textsIn, type Texts } from './texts/index.ts';
