const bare = (label: string): string => label.replace(/^[^\p{L}\p{N}]+/u, '').trim();

/** Whether a label is the wanted one but for the emoji before it, which may be left out. */
export const isSameWord = (label: string, wanted: string): boolean =>
  bare(label) !== '' && bare(label) === bare(wanted);
