/** Fingerprints of text: SHA-256, hex, lower case. */
export interface Digests {
  sha256(text: string): string;
}
