import * as columns from '../chat/columns.js';
import { readCalls } from '../parts/api.js';
import { element } from '../parts/dom.js';
import { tickField } from './fields.js';
import { locale, t } from '../words/words.js';

const KEPT = 200;

/** What the bot asked of the Bot API, newest first, each with its parameters and answer. */
export class Calls {
  #after = 0;

  constructor() {
    const quiet = tickField(t('calls.quiet'), { checked: true });
    this.list = element('ol', { class: 'calls hides-polling' });
    quiet.input.addEventListener('change', () =>
      this.list.classList.toggle('hides-polling', quiet.input.checked),
    );
    this.problem = element('p', { class: 'panel-problem', role: 'alert', hidden: true });
    this.empty = element('p', { class: 'nothing' }, t('calls.empty'));
    this.node = element(
      'section',
      { 'aria-label': t('calls.name') },
      this.problem,
      quiet.node,
      this.empty,
      this.list,
    );
  }

  /** The sandbox may be another one, which counts its calls anew. */
  forget() {
    this.#after = 0;
    this.list.replaceChildren();
  }

  /** Resolves to whether the calls could be read. */
  async refresh() {
    try {
      const calls = await readCalls(this.#after);
      this.problem.hidden = true;
      this.#after = calls.at(-1)?.sequence ?? this.#after;
      this.list.prepend(...calls.slice(-KEPT).map(row).toReversed());
      while (this.list.children.length > KEPT) this.list.lastElementChild.remove();
      this.empty.hidden = this.list.children.length > 0;
      return true;
    } catch (error) {
      this.problem.textContent = t('tools.failed', { reason: error.message });
      this.problem.hidden = false;
      return false;
    }
  }
}

function row(call) {
  const { method, params, answer, at } = call;
  const went = answer.ok === true;
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { class: `verdict ${went ? 'good' : 'bad'}` }, verdict(answer)),
      element('span', { class: 'method' }, method),
      element('span', { class: 'call-chat' }, chatWords(params)),
      element('span', { class: 'call-when' }, `${seconds(at)}${tookWords(call)}`),
    ),
  );
  details.addEventListener('toggle', () => fill(details, params, answer), { once: true });
  return element('li', { class: method === 'getUpdates' && went ? 'polling' : '' }, details);
}

const chatWords = ({ chat_id: id }) =>
  id === undefined ? '' : (columns.get(Number(id))?.name ?? String(id));

/** The JSON is only made when somebody looks at it. */
function fill(details, params, answer) {
  details.append(
    element('h2', {}, t('calls.params')),
    element(
      'pre',
      { tabindex: 0, 'aria-label': t('calls.params') },
      JSON.stringify(params, null, 2),
    ),
    element('h2', {}, t('calls.answer')),
    element(
      'pre',
      { tabindex: 0, 'aria-label': t('calls.answer') },
      JSON.stringify(answer, null, 2),
    ),
  );
}

function verdict({ ok, error_code: code, dropped }) {
  if (ok) return 'OK';
  return dropped ? t('calls.dropped') : String(code);
}

const tookWords = ({ ms }) => (ms === undefined ? '' : ` · ${Math.round(ms)} ms`);

const seconds = (iso) =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(iso));
