import * as columns from '../chat/columns.js';
import { deleteAccount, readTour, startTour, tellTour } from '../parts/api.js';
import { plainButton } from '../parts/dialog.js';
import { button, element, icon } from '../parts/dom.js';
import { notify, notifyFailure } from '../parts/notice.js';
import { showHand, withdrawHand } from './hand.js';
import { t } from '../words/words.js';

/** The guided tour on the page: a caption, its people side by side, and the hand at work. */
export class TourShow {
  #node;
  #progress;
  #acting;
  /** Whether its people are on the page: where they have left, the tour is over here as well. */
  #areThere = false;
  #can = false;
  /** How much was heard of tours: news from the feed are newer than an answer that was under way. */
  #heard = 0;
  /** Called when a tour begins and when it is over, with whether one is on. */
  onChange = () => {};

  constructor(node) {
    this.#node = node;
    this.button = element(
      'button',
      { class: 'bar-button tour-start', type: 'button', hidden: true },
      icon('play'),
    );
    this.button.setAttribute('aria-label', t('tour.start'));
    this.button.append(element('span', { class: 'wide' }, t('tour.start')));
    this.button.addEventListener('click', () => void this.#start());
    this.#build();
  }

  /** Where there is a tour: a button for it. */
  allow(can) {
    this.#can = can;
    this.button.hidden = !can || this.isOn;
  }

  /** Catches up with the tour that plays already, or that went on while the page was cut off. */
  async catchUp() {
    if (!this.#can) return;
    const heardBefore = this.#heard;
    const progress = await readTour().catch(() => null);
    if (this.#heard !== heardBefore) return;
    if (this.isOn || isRunning(progress)) this.show(progress ?? { state: 'stopped' });
  }

  get isOn() {
    return this.#progress !== undefined;
  }

  /** One `TourProgress`. */
  show(progress) {
    this.#heard += 1;
    if (progress.state === 'stopped') return this.leave();
    const wasOn = this.isOn;
    this.#progress = progress;
    this.#node.hidden = false;
    this.button.hidden = true;
    this.#node.dataset.state = progress.state;
    this.#showWords(progress);
    this.arrange();
    if (!wasOn) this.onChange(true);
    if (progress.state === 'playing') showHand(progress);
    else withdrawHand();
    return undefined;
  }

  /** Something happened in this chat: what was about to be done is done. */
  acted(personId) {
    if (this.#progress?.personId === personId) withdrawHand();
  }

  /** Shows the tour's people only, and who acts; called again when columns were added. */
  arrange() {
    const { people, personId } = this.#progress ?? {};
    const wereThere = this.#areThere;
    this.#areThere = people?.some((id) => columns.get(id)) ?? false;
    if (wereThere && !this.#areThere && !isRunning(this.#progress)) return this.leave();
    columns.showOnly(people ?? null);
    for (const column of columns.all()) column.node.classList.remove('acting');
    const node = columns.get(personId)?.node;
    if (isRunning(this.#progress)) node?.classList.add('acting');
    if (node && personId !== this.#acting) {
      columns.reveal(personId);
      this.#acting = personId;
    }
    return undefined;
  }

  /** Everybody is shown again. */
  leave() {
    if (!this.isOn) return;
    withdrawHand();
    this.#progress = undefined;
    this.#acting = undefined;
    this.#node.hidden = true;
    this.button.hidden = false;
    this.arrange();
    this.onChange(false);
  }

  #build() {
    this.count = element('span', { class: 'tour-count' });
    this.title = element('h2', { class: 'tour-title' });
    this.caption = element('p', { class: 'tour-caption', 'aria-live': 'polite' });
    this.reason = element('p', { class: 'tour-reason', role: 'alert', hidden: true });
    this.bar = element('progress', { class: 'tour-progress', 'aria-label': t('tour.progress') });
    this.pause = button(
      'bar-button',
      t('tour.pause'),
      () => void this.#tell('pause'),
      icon('pause'),
    );
    this.resume = button(
      'bar-button strong',
      t('tour.resume'),
      () => void this.#tell('resume'),
      icon('play'),
    );
    this.stop = button('bar-button', t('tour.stop'), () => void this.#stop(), icon('stop'));
    for (const node of [this.pause, this.resume, this.stop]) {
      node.append(element('span', { class: 'wide' }, node.getAttribute('aria-label')));
    }
    this.again = plainButton('bar-button', t('tour.again'), () => void this.#start());
    this.self = plainButton('bar-button strong', t('tour.self'), () => void this.#end());
    this.#node.classList.add('tour');
    this.#node.setAttribute('role', 'region');
    this.#node.setAttribute('aria-label', t('tour.name'));
    this.#node.replaceChildren(
      element(
        'div',
        { class: 'tour-words' },
        element('div', { class: 'tour-line' }, this.count, this.title),
        this.caption,
        this.reason,
      ),
      element(
        'div',
        { class: 'tour-controls' },
        this.pause,
        this.resume,
        this.stop,
        this.again,
        this.self,
      ),
      this.bar,
    );
  }

  #showWords({ state, title, step, steps, caption, reason }) {
    const isOver = state === 'done' || state === 'failed';
    const lost = document.activeElement;
    this.title.textContent = state === 'done' ? t('tour.done') : title;
    this.count.textContent = t('tour.step', { step, steps });
    this.count.hidden = state === 'done';
    const words = state === 'done' ? t('tour.done.more', { steps }) : caption;
    if (this.caption.textContent !== words) this.caption.textContent = words;
    this.reason.hidden = state !== 'failed';
    this.reason.textContent = state === 'failed' ? t('tour.failed', { reason: reason ?? '' }) : '';
    this.bar.max = steps;
    this.bar.value = step;
    this.pause.hidden = state !== 'playing';
    this.resume.hidden = state !== 'paused';
    this.stop.hidden = isOver;
    this.again.hidden = !isOver;
    this.self.hidden = !isOver;
    // A control that vanishes under the finger hands its focus to the one in its place.
    if (lost?.hidden && this.#node.contains(lost)) {
      [this.pause, this.resume, this.self].find((node) => !node.hidden)?.focus();
    }
  }

  async #start() {
    this.button.disabled = true;
    try {
      await startTour();
    } catch (error) {
      notify(t('tour.refused', { reason: error.message }));
    } finally {
      this.button.disabled = false;
    }
  }

  async #stop() {
    const { people } = this.#progress;
    await this.#tell('stop');
    await dismiss(people);
  }

  async #end() {
    const { people } = this.#progress;
    this.leave();
    await dismiss(people);
  }

  #tell(order) {
    return tellTour(order).catch(notifyFailure);
  }
}

/**
 * The tour's people delete their accounts, so that whoever tries it alone has only their own chats
 * before them; they stay where there is nobody else.
 */
async function dismiss(people) {
  const isTheirs = ({ personId }) => people.includes(personId);
  if (columns.all().every(isTheirs)) return;
  const leaving = columns.all().filter(isTheirs);
  await Promise.all(leaving.map(({ personId }) => deleteAccount(personId))).catch(notifyFailure);
}

const isRunning = (progress) => ['playing', 'paused'].includes(progress?.state);
