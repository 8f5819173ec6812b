import { Calls } from './calls.js';
import { button, element, icon } from '../parts/dom.js';
import { Freshness } from './fresh.js';
import { Ledger } from './ledger.js';
import { t } from '../words/words.js';

const KEPT = 'sandbox-panel';
const ROOMY = matchMedia('(width >= 1360px)');

/** The side panel: the ledger, where the host has one, and the bot's calls. */
export class Panel {
  #node;
  #pages;
  #shown;
  #can = false;

  /** `node` is the aside; `onChange(name)` hears which page is shown, undefined while closed. */
  constructor(node, onChange) {
    this.#node = node;
    this.onChange = onChange;
    this.calls = new Calls();
    this.#pages = {
      ledger: this.#page('ledger', new Ledger()),
      calls: this.#page('calls', this.calls),
    };
    this.tabs = element('div', {
      class: 'panel-tabs',
      role: 'tablist',
      'aria-label': t('panel.name'),
    });
    this.tabs.append(...Object.values(this.#pages).map(({ tab }) => tab));
    this.tabs.addEventListener('keydown', (event) => this.#moveTab(event));
    const close = button('tool', t('panel.close'), () => this.close(), icon('close'));
    node.classList.add('panel');
    node.setAttribute('aria-label', t('panel.name'));
    node.replaceChildren(
      element('header', { class: 'panel-head' }, this.tabs, close),
      ...Object.values(this.#pages).map(({ body }) => body),
    );
    node.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
  }

  get shown() {
    return this.#shown;
  }

  /** At first it opens as it was left; a ledger shows itself where there is room. */
  allow({ ledger }) {
    const isFirst = !this.#can;
    this.#can = true;
    this.#pages.ledger.tab.hidden = !ledger;
    if (!isFirst) return;
    const kept = localStorage.getItem(KEPT);
    const first = kept ?? (ROOMY.matches ? 'ledger' : '');
    if (first === 'calls' || (first === 'ledger' && ledger)) this.#show(first);
  }

  toggle(name) {
    if (this.#shown === name) this.close();
    else this.open(name);
  }

  open(name) {
    localStorage.setItem(KEPT, name);
    this.#show(name);
    this.#pages[name].tab.focus();
  }

  /** For the tour: shows the ledger if that takes no room from the chats. */
  openIfRoomy() {
    if (ROOMY.matches && !this.#pages.ledger.tab.hidden && !this.#shown) this.#show('ledger');
  }

  close() {
    localStorage.setItem(KEPT, '');
    const hadFocus = this.#node.contains(document.activeElement);
    const name = this.#shown;
    this.#show(undefined);
    if (hadFocus) document.querySelector(`[data-panel="${name}"]`)?.focus();
  }

  /** Something happened in a chat: the books and the calls may be others now. */
  hint() {
    this.#pages[this.#shown]?.freshness.hint();
  }

  #show(name) {
    this.#shown = name;
    this.#node.hidden = name === undefined;
    for (const [key, { tab, body, freshness }] of Object.entries(this.#pages)) {
      const isShown = key === name;
      tab.setAttribute('aria-selected', String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      body.hidden = !isShown;
      if (isShown) freshness.start();
      else freshness.stop();
    }
    this.onChange(name);
  }

  #page(name, view) {
    const tab = element(
      'button',
      {
        class: 'panel-tab',
        type: 'button',
        role: 'tab',
        id: `panel-tab-${name}`,
        'aria-controls': `panel-${name}`,
      },
      t(`${name}.name`),
    );
    tab.addEventListener('click', () => this.open(name));
    const body = element(
      'div',
      {
        class: 'panel-body',
        id: `panel-${name}`,
        role: 'tabpanel',
        tabindex: 0,
        'aria-labelledby': tab.id,
      },
      view.node,
    );
    return { tab, body, freshness: new Freshness(() => view.refresh()) };
  }

  #moveTab(event) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const open = Object.keys(this.#pages).filter((key) => !this.#pages[key].tab.hidden);
    this.open(open[(open.indexOf(this.#shown) + 1) % open.length]);
  }
}
