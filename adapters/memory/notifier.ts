import type { ClaimedMessage, DeliveryOutcome, Notifier } from '../../core/outbox/index.ts';

/** Delivers to a list, and ends as it was told to. */
export interface RecordingNotifier extends Notifier {
  /** Every message handed over, oldest first, whatever became of it. */
  readonly delivered: readonly ClaimedMessage[];
  /** The next deliveries end like this, one after the other; then `sent` again. */
  answerWith(...outcomes: readonly DeliveryOutcome[]): void;
}

export const createRecordingNotifier = (): RecordingNotifier => {
  const delivered: ClaimedMessage[] = [];
  const answers: DeliveryOutcome[] = [];
  return {
    delivered,
    answerWith: (...outcomes) => {
      answers.push(...outcomes);
    },
    deliver: async (message) => {
      delivered.push(message);
      return answers.shift() ?? { outcome: 'sent' };
    },
  };
};
