import { advance } from '../parts/api.js';
import { Refused, openForm } from '../parts/dialog.js';
import { element } from '../parts/dom.js';
import { selectField, textField } from './fields.js';
import { locale, t } from '../words/words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS_MAX = 30;
const TICK_MS = 10_000;

/** The ready-made jumps. */
export const JUMPS = [
  { ms: 30 * MINUTE, key: 'clock.half-hour' },
  { ms: HOUR, key: 'clock.hour' },
  { ms: DAY, key: 'clock.day' },
];

/** Shows the sandbox's present time while it differs from the machine's. */
export class ClockFace {
  #ahead = 0;

  constructor() {
    this.node = element('p', { class: 'clock-face', hidden: true, role: 'status' });
    setInterval(() => this.#show(), TICK_MS);
  }

  /** `now` is the sandbox's time as ISO 8601, `aheadMs` how far it was moved. */
  set({ now, aheadMs }) {
    this.moved = aheadMs;
    this.#ahead = Date.parse(now) - Date.now();
    this.#show();
  }

  #show() {
    this.node.hidden = !this.moved;
    if (!this.moved) return;
    const time = dateTime(new Date(Date.now() + this.#ahead));
    const words = t('clock.now', { time, ahead: durationWords(this.moved) });
    if (this.node.textContent !== words) this.node.textContent = words;
  }
}

/** "21 Nov 19.42" */
const dateTime = (date) => {
  const day = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' });
  return `${day.format(date)} ${time.format(date)}`;
};

/** For instance "+1 hari 2 jam 30 mnt"; seconds are left out beyond a minute. */
export function durationWords(ms) {
  const parts = [
    ['day', Math.floor(ms / DAY)],
    ['hour', Math.floor((ms % DAY) / HOUR)],
    ['minute', Math.floor((ms % HOUR) / MINUTE)],
  ].filter(([, count]) => count > 0);
  if (parts.length === 0) parts.push(['second', Math.ceil(ms / 1000)]);
  return `+${parts.map(([unit, count]) => `${count} ${t(`clock.unit.${unit}`)}`).join(' ')}`;
}

/** Asks for another span and moves the clock by it. */
export function openJump({ opener, onJumped }) {
  const amount = textField(t('clock.amount'), {
    type: 'number',
    inputmode: 'decimal',
    min: 0,
    step: 'any',
    value: 2,
  });
  const unit = selectField(t('clock.unit'), [
    [MINUTE, t('clock.minutes')],
    [HOUR, t('clock.hours')],
    [DAY, t('clock.days')],
  ]);
  const submit = async () => {
    const ms = Math.round(Number(amount.input.value) * Number(unit.input.value));
    if (!(ms > 0 && ms <= DAYS_MAX * DAY)) throw new Refused(t('clock.wrong'), amount.input);
    await advance(ms);
    onJumped(ms);
  };
  openForm({
    title: t('clock.custom.title'),
    lead: t('clock.lead'),
    body: [element('div', { class: 'pair' }, amount.node, unit.node)],
    action: t('clock.go'),
    submit,
    opener,
  });
}
