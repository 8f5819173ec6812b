import { refusing } from './refusal.ts';

declare const rupiahBrand: unique symbol;

/**
 * Whole Indonesian rupiah. Made only by the functions of this file; JSON carries it as a string.
 */
export type Rupiah = bigint & { readonly [rupiahBrand]: true };

/**
 * Refusals about amounts of money (WAL-1). `example` is a spelling that would have been accepted.
 */
export interface MoneyRefusals {
  'money.unreadable': { readonly example: string };
  'money.too-small': { readonly min: Rupiah };
  'money.too-large': { readonly max: Rupiah };
}
const refuse = refusing<MoneyRefusals>();

export const ZERO = 0n as Rupiah;

/**
 * Brands a trusted whole number of rupiah (a stored row, a constant); negative only as a
 * difference.
 */
export const rupiah = (amount: bigint): Rupiah => amount as Rupiah;

export const add = (a: Rupiah, b: Rupiah): Rupiah => (a + b) as Rupiah;
export const subtract = (a: Rupiah, b: Rupiah): Rupiah => (a - b) as Rupiah;
export const times = (a: Rupiah, count: number): Rupiah => (a * BigInt(count)) as Rupiah;
export const sum = (amounts: readonly Rupiah[]): Rupiah => amounts.reduce(add, ZERO);
export const smaller = (a: Rupiah, b: Rupiah): Rupiah => (a < b ? a : b);

/** `price × basisPoints / 10.000`, rounded up to a whole rupiah (CAM-4). */
export const shareRoundedUp = (price: Rupiah, basisPoints: number): Rupiah =>
  ((price * BigInt(basisPoints) + 9_999n) / 10_000n) as Rupiah;

/** Inclusive bounds of an amount, in rupiah. */
export interface AmountBounds {
  readonly min: Rupiah;
  readonly max: Rupiah;
}

/** Refuses an amount outside the bounds, or not positive (WAL-1). */
export const requireWithin = (amount: Rupiah, { min, max }: AmountBounds): Rupiah => {
  if (amount <= 0n || amount < min) throw refuse('money.too-small', { min });
  if (amount > max) throw refuse('money.too-large', { max });
  return amount;
};

const PLAIN = /^(?:0|[1-9][0-9]{0,14})$/;
const GROUPED = /^[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}$/;
const WITH_UNIT = /^([1-9][0-9]{0,5}|0)(?:[.,]([0-9]{1,6}))?\s?(rb|ribu|jt|juta)$/;
const EXAMPLE = '10.000';

/**
 * "1,5jt" is 1.500.000; three decimals before a unit could also be a thousands group, so they say
 * nothing.
 */
const readWithUnit = (text: string): bigint | undefined => {
  const [, whole, decimals = '', unit = ''] = WITH_UNIT.exec(text) ?? [];
  if (whole === undefined || decimals.length === 3) return undefined;
  const zeros = unit.startsWith('r') ? 3 : 6;
  if (decimals.length > zeros) return undefined;
  return BigInt(whole + decimals.padEnd(zeros, '0'));
};

/**
 * Reads an amount as Indonesians write it: `10000`, `10.000`, `Rp 10.000`, `Rp10.000,-`, `10rb`,
 * `10 ribu`, `1,5jt`, `1.5 juta` (WAL-1). Anything else is refused with an example.
 */
export const readAmount = (text: string): Rupiah => {
  const spelled = text.trim().toLowerCase();
  if (spelled.length > 40) throw refuse('money.unreadable', { example: EXAMPLE });
  const digits = spelled.replace(/^rp\.?\s?/, '').replace(/,-$/, '');
  if (PLAIN.test(digits)) return rupiah(BigInt(digits));
  if (GROUPED.test(digits)) return rupiah(BigInt(digits.replaceAll('.', '')));
  const amount = readWithUnit(spelled);
  if (amount === undefined) throw refuse('money.unreadable', { example: EXAMPLE });
  return rupiah(amount);
};
