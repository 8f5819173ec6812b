import type { Language } from '../../../core/index.ts';
import { en } from './en/index.ts';
import { id } from './id/index.ts';

/**
 * Everything that the bot says, in one language; the Indonesian catalogue is the original (UX-1).
 */
export type Texts = typeof id;

const CATALOGUES: Readonly<Record<Language, Texts>> = { id, en };

export const textsIn = (language: Language): Texts => CATALOGUES[language];

/**
 * Labels as people may type or tap them on a reply keyboard, in any language and without the emoji.
 */
export const isLabel = (text: string, label: keyof Texts['labels']): boolean =>
  Object.values(CATALOGUES).some(({ labels }) => plain(labels[label]) === plain(text));

const plain = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .toLowerCase();
