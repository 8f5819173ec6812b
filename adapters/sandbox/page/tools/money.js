import { locale } from '../words/words.js';

/** Rupiah are written the Indonesian way in every language, as the bot does. */
const HOMES = { IDR: 'id-ID' };

/** Whole units (decimal text or BigInt) with their currency, for instance "Rp 12.500". */
export function money(amount, currency) {
  const format = new Intl.NumberFormat(HOMES[currency] ?? locale(), {
    style: 'currency',
    currency,
    minimumFractionDigits: 0,
    maximumFractionDigits: 0,
  });
  return format.format(BigInt(amount)).replace('-', '−');
}
