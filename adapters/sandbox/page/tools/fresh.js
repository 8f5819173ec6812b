const OFTEN_MS = 2000;
const SELDOM_MS = 60_000;
const SOON_SHARE = 1 / 8;

/**
 * Keeps a view fresh while it is looked at: soon after `hint()`, and now and then by itself; more and
 * more seldom while `read()` resolves to false, because it could not be read. `read()` is never
 * called while its last call is under way.
 */
export class Freshness {
  #read;
  #isOn = false;
  #timer;
  #due = Infinity;
  #pauseMs = OFTEN_MS;
  #busy = false;
  #again = false;

  constructor(read) {
    this.#read = read;
    document.addEventListener('visibilitychange', () => this.hint());
  }

  start() {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#pauseMs = OFTEN_MS;
    void this.#now();
  }

  stop() {
    this.#isOn = false;
    this.#forgetTimer();
  }

  hint() {
    if (this.#isOn) this.#readIn(this.#pauseMs * SOON_SHARE);
  }

  #readIn(ms) {
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    this.#forgetTimer();
    this.#due = due;
    this.#timer = setTimeout(() => void this.#now(), ms);
  }

  #forgetTimer() {
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }

  async #now() {
    this.#forgetTimer();
    if (document.visibilityState !== 'visible') return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    try {
      do {
        this.#again = false;
        const isRead = await this.#read();
        this.#pauseMs = isRead ? OFTEN_MS : Math.min(this.#pauseMs * 2, SELDOM_MS);
      } while (this.#again && this.#pauseMs === OFTEN_MS);
    } finally {
      this.#busy = false;
    }
    if (this.#isOn) this.#readIn(this.#pauseMs);
  }
}
