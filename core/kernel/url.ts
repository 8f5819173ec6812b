/** The parts of a parsed URL that rules look at. */
export interface ParsedUrl {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly pathname: string;
  readonly search: string;
}

/**
 * WHATWG URL is part of every runtime, though not of the language: this much of it the core relies
 * on.
 */
declare const URL: new (text: string) => ParsedUrl;

export const parseUrl = (text: string): ParsedUrl | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};
