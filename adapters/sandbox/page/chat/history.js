import { bubble } from './bubble.js';
import { element } from '../parts/dom.js';
import { dayName, dayOf } from '../parts/format.js';
import { t } from '../words/words.js';

/**
 * The messages of a chat as nodes, kept in step by changes: only what a change names is drawn again.
 * A unit is what one bubble shows: a message, or all messages of an album. Units are chained in the
 * chat's order and stand in one section a day.
 */
export class History {
  #names;
  #messages = new Map();
  #units = new Map();
  #unitOf = new Map();
  #days = new Map();
  #newest;
  #separator = element('p', { class: 'unread-line' }, t('chat.unread'));
  node = element('div', { class: 'history' });

  constructor(names) {
    this.#names = names;
  }

  get messages() {
    return this.#messages;
  }

  get newestNode() {
    return this.#newest?.node;
  }

  nodeOf(messageId) {
    return this.#unitOf.get(messageId)?.node;
  }

  /** The messages that share a bubble with this one, in order. */
  albumOf(messageId) {
    const ids = this.#unitOf.get(messageId)?.ids ?? [];
    return ids.map((id) => this.#messages.get(id));
  }

  /** Applies ChatChanges; returns the messages that were not there before. */
  apply({ messages, removed, complete }) {
    if (complete) this.#forgetAll();
    const touched = new Set();
    for (const id of removed) this.#take(id, touched);
    const added = messages.filter(({ id }) => !this.#messages.has(id));
    for (const message of messages) {
      this.#messages.set(message.id, message);
      touched.add(this.#unitOf.get(message.id) ?? this.#join(message));
    }
    for (const unit of touched) this.#draw(unit, !complete);
    for (const unit of touched) for (const one of [unit.before, unit]) if (one) markEnd(one);
    return added;
  }

  /** The line above the first message that was not read; it moves, there is only one. */
  markUnread(messageId) {
    this.nodeOf(messageId)?.before(this.#separator);
  }

  unmarkUnread() {
    this.#separator.remove();
  }

  /** The line, if it is drawn. */
  get unreadLine() {
    return this.#separator.isConnected ? this.#separator : undefined;
  }

  /** The names of the days, after the clock was moved. */
  nameDays() {
    for (const section of this.#days.values()) {
      const { id } = section.querySelector('article').dataset;
      section.firstChild.textContent = dayName(this.#messages.get(Number(id)).date);
    }
  }

  #forgetAll() {
    this.#messages.clear();
    this.#units.clear();
    this.#unitOf.clear();
    this.#days.clear();
    this.#newest = undefined;
    this.node.replaceChildren();
  }

  #take(id, touched) {
    const unit = this.#unitOf.get(id);
    this.#messages.delete(id);
    if (!unit) return;
    this.#unitOf.delete(id);
    unit.ids = unit.ids.filter((other) => other !== id);
    touched.add(unit);
  }

  /** The unit that a new message belongs to; an album's messages have consecutive ids. */
  #join({ id, mediaGroupId, date }) {
    const key = mediaGroupId === undefined ? `message ${id}` : `album ${mediaGroupId}`;
    let unit = this.#units.get(key);
    if (!unit) {
      unit = { key, ids: [], day: dayOf(date) };
      this.#units.set(key, unit);
      this.#chain(unit, id);
    }
    unit.ids.push(id);
    this.#unitOf.set(id, unit);
    return unit;
  }

  #chain(unit, id) {
    let before = this.#newest;
    while (before && before.ids[0] > id) before = before.before;
    unit.before = before;
    unit.after = before ? before.after : this.#oldest();
    if (unit.after) unit.after.before = unit;
    else this.#newest = unit;
    if (before) before.after = unit;
  }

  #oldest() {
    let unit = this.#newest;
    while (unit?.before) unit = unit.before;
    return unit;
  }

  #draw(unit, isLater) {
    if (unit.ids.length === 0) return this.#drop(unit);
    const old = unit.node;
    const messages = unit.ids.map((id) => this.#messages.get(id));
    unit.from = messages[0].from;
    unit.node = bubble(messages, this.#names);
    if (!old) {
      if (isLater) unit.node.classList.add('fresh');
      return this.#place(unit);
    }
    const focus = focusIn(old);
    old.replaceWith(unit.node);
    focusAgain(unit.node, focus);
  }

  #place(unit) {
    const { before, day, node } = unit;
    const section = this.#days.get(day) ?? this.#openDay(unit);
    if (before?.day === day) before.node.after(node);
    else section.firstChild.after(node);
  }

  #openDay({ day, before, ids }) {
    const name = dayName(this.#messages.get(ids[0]).date);
    const section = element('section', { class: 'day' }, element('p', { class: 'date' }, name));
    this.#days.set(day, section);
    const earlier = before && this.#days.get(before.day);
    if (earlier) earlier.after(section);
    else this.node.prepend(section);
    return section;
  }

  #drop(unit) {
    const section = unit.node?.parentElement;
    const hadFocus = unit.node?.contains(document.activeElement);
    unit.node?.remove();
    this.#units.delete(unit.key);
    if (unit.before) unit.before.after = unit.after;
    if (unit.after) unit.after.before = unit.before;
    else this.#newest = unit.before;
    if (section && !section.querySelector('article')) {
      section.remove();
      this.#days.delete(unit.day);
    }
    if (hadFocus) (unit.before ?? unit.after)?.node.focus();
  }
}

/** The last bubble of one sender in a row has the tail. */
function markEnd(unit) {
  unit.node?.classList.toggle('last', unit.after?.from !== unit.from);
}

/** Where the keyboard is within a bubble that is about to be drawn again. */
function focusIn(node) {
  const at = document.activeElement;
  return node.contains(at) ? { act: at.dataset.act, place: at.dataset.place } : null;
}

function focusAgain(node, focus) {
  if (focus === null) return;
  const same =
    focus.place !== undefined
      ? node.querySelector(`[data-place="${focus.place}"]`)
      : focus.act !== undefined && node.querySelector(`[data-act="${focus.act}"]`);
  (same || node).focus({ preventScroll: true });
}
