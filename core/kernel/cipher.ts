/** Text that only its own context can open again: ciphertext bound to where it stands (WDR-3). */
export type Sealed = string & { readonly __sealed: true };

/** Encrypts personal data at rest. */
export interface Cipher {
  /** Authenticated encryption; `context` (e.g. `withdrawal:<id>`) must be given again to open. */
  seal(plain: string, context: string): Sealed;
  /** Throws where the text was changed, or sealed under another context or an unknown key. */
  open(sealed: Sealed, context: string): string;
  /** Equal for equal text, and says nothing else without the key; hex. */
  blindIndex(plain: string): string;
}
