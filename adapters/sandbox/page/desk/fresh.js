const SOON_MS = 250;
const OFTEN_MS = 2000;

/**
 * Keeps a view fresh while it is looked at: soon after `hint()`, and now and then by itself.
 * `read()` is never called while its last call is under way.
 */
export class Freshness {
  #read;
  #soon;
  #often;
  #busy = false;
  #again = false;

  constructor(read) {
    this.#read = read;
    document.addEventListener('visibilitychange', () => this.hint());
  }

  start() {
    if (this.#often) return;
    this.#often = setInterval(() => void this.#now(), OFTEN_MS);
    void this.#now();
  }

  stop() {
    clearInterval(this.#often);
    clearTimeout(this.#soon);
    this.#often = undefined;
  }

  hint() {
    if (!this.#often) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#now(), SOON_MS);
  }

  async #now() {
    if (document.visibilityState !== 'visible') return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    try {
      do {
        this.#again = false;
        await this.#read();
      } while (this.#again);
    } finally {
      this.#busy = false;
    }
  }
}
