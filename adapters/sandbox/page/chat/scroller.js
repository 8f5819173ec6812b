const NEAR_END_PX = 60;

/**
 * Keeps a reader who is at the end of the list there, whatever changes height; one who reads further
 * up is left alone. `onMove` is called after every move, at most once a frame.
 */
export class Scroller {
  #list;
  #isPinned = true;
  #isAsked = false;
  /** How high the list was when it was last seen at rest. */
  #height = 0;

  constructor(list, content, onMove) {
    this.#list = list;
    const moved = () => {
      if (this.#isAsked) return;
      this.#isAsked = true;
      requestAnimationFrame(() => {
        this.#isAsked = false;
        onMove();
      });
    };
    list.addEventListener(
      'scroll',
      () => {
        // A list that became lower in this very frame is not at its end, but nobody moved it away.
        if (this.isAtEnd()) this.#isPinned = true;
        else if (list.clientHeight === this.#height) this.#isPinned = false;
        moved();
      },
      { passive: true },
    );
    const sizes = new ResizeObserver(() => {
      this.#height = list.clientHeight;
      if (this.#isPinned) this.toEnd();
      moved();
    });
    sizes.observe(list);
    sizes.observe(content);
  }

  /** The reader was at the end when they last moved. */
  get isPinned() {
    return this.#isPinned;
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.#isPinned = true;
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  /**
   * Brings a node into the middle, or to the top. What is far away has only a guessed height until
   * it is drawn, so it is looked at again once it is.
   */
  async show(node, block = 'center') {
    this.#isPinned = false;
    for (let look = 0; look < 3; look += 1) {
      node.scrollIntoView({ block, behavior: 'instant' });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }
}
