/** The number that stands after `--name`; throws unless it is a whole one within these bounds. */
export const wholeNumber = (
  name: string,
  text: string,
  [min, max]: readonly [number, number],
): number => {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new Error(`--${name} is a whole number from ${min} to ${max}`);
};

/** Which of these is named, if any is; throws where it is none of them. */
export const oneOf = <T extends string>(
  what: string,
  name: string | undefined,
  all: readonly T[],
): T | undefined => {
  if (name === undefined) return undefined;
  const found = all.find((one) => one === name);
  if (found === undefined) throw new Error(`there is no ${what} "${name}": ${all.join(', ')}`);
  return found;
};
