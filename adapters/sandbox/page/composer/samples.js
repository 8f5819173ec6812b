import { sampleReceipt } from './sample-receipt.js';
import { sampleScreenshot } from './sample-screenshot.js';

const AMOUNT = /Rp\s?\d[\d.]*\d/;

export { sampleScreenshot };

/** A receipt over the amount that the bot named last. */
export function receiptFor(messages) {
  const named = [...messages.values()].findLast(
    ({ from, text }) => from === 'bot' && AMOUNT.test(text),
  );
  return sampleReceipt(AMOUNT.exec(named?.text ?? '')?.[0] ?? 'Rp 100.000');
}
