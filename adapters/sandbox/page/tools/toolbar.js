import { advance, setLimits } from '../parts/api.js';
import { ClockFace, JUMPS, durationWords, openJump } from './clock.js';
import { openFaults } from './fault-dialog.js';
import { plainButton } from '../parts/dialog.js';
import * as columns from '../chat/columns.js';
import { button, element, icon } from '../parts/dom.js';
import { notify, notifyFailure } from '../parts/notice.js';
import { nameOf, openAddPerson, openDeleteAccount } from './people-dialogs.js';
import { openStaleButton } from './stale-dialog.js';
import { t } from '../words/words.js';

const NARROW = matchMedia('(width < 900px)');

/**
 * The tools: one menu in the top bar, out of the way of the chats. `openCalls()` shows the bot's
 * calls.
 */
export class Toolbar {
  #state = { people: [], faults: [], limits: { on: false }, can: {} };
  #followers = new Set();
  #openCalls;
  #newcomer;

  constructor({ openCalls }) {
    this.#openCalls = openCalls;
    this.clock = new ClockFace();
    this.button = button('bar-button', t('tools.open'), null, icon('tools'));
    this.button.append(element('span', { class: 'wide' }, t('tools.name')));
    this.button.setAttribute('popovertarget', 'tools-menu');
    this.menu = element('div', {
      class: 'tools-menu',
      id: 'tools-menu',
      popover: 'auto',
      role: 'dialog',
      'aria-label': t('tools.open'),
    });
    this.#fillMenu();
  }

  /** Puts the tools into the bar; what stands there already goes to the end or into the menu. */
  mount(bar) {
    const reset = document.getElementById('reset');
    const settings = ['language', 'theme'].map((id) => document.getElementById(id));
    const settle = () => (NARROW.matches ? this.settings : bar).append(...settings);
    reset.className = 'menu-item';
    reset.prepend(icon('again'));
    reset.addEventListener('click', () => this.menu.hidePopover());
    this.menu.querySelector('.menu-end').append(reset);
    bar.before(this.clock.node);
    bar.append(this.button);
    document.body.append(this.menu);
    NARROW.addEventListener('change', settle);
    settle();
  }

  /** What the sandbox is like now, as `GET /sandbox/state` tells it. */
  show(state) {
    this.#state = state;
    this.clock.set(state.clock);
    this.pace.setAttribute('aria-checked', String(state.limits.on));
    const conditions = state.faults.length + (state.limits.on ? 1 : 0);
    this.button.dataset.count = conditions === 0 ? '' : String(conditions);
    this.button.setAttribute(
      'aria-label',
      conditions === 0 ? t('tools.open') : t('tools.open.on', { count: conditions }),
    );
    this.deleteItem.disabled = state.people.length === 0;
    this.staleItem.disabled = state.people.length === 0;
    for (const refresh of this.#followers) refresh();
    if (columns.get(this.#newcomer)) columns.reveal(this.#newcomer);
    this.#newcomer = undefined;
  }

  #fillMenu() {
    const common = { people: () => this.#state.people, opener: this.button };
    this.deleteItem = this.#item('person-remove', t('person.delete.menu'), () =>
      openDeleteAccount({ ...common, onDeleted: (name) => notify(t('person.deleted', { name })) }),
    );
    this.staleItem = this.#item('stale', t('stale.menu'), () =>
      openStaleButton({ ...common, onPressed: (name) => notify(t('stale.pressed', { name })) }),
    );
    const add = this.#item('person-add', t('person.add.menu'), () =>
      openAddPerson({ ...common, onAdded: (person) => this.#welcome(person) }),
    );
    const faults = this.#item('fault', t('fault.menu'), () =>
      openFaults({ ...common, follow: (refresh) => this.#follow(refresh) }),
    );
    this.settings = element('div', { class: 'menu-settings' });
    this.menu.append(
      group(t('tools.clock'), this.#jumps()),
      group(t('tools.people'), add, this.deleteItem),
      group(t('tools.trouble'), this.staleItem, faults, this.#paceSwitch()),
      group(
        t('tools.more'),
        this.#item('calls', t('calls.menu'), () => this.#openCalls()),
      ),
      element('div', { class: 'menu-end' }),
      this.settings,
      element('p', { class: 'menu-note' }, t('tools.note')),
    );
  }

  #jumps() {
    const jump = async (ms) => {
      this.menu.hidePopover();
      await advance(ms).then(
        () => notify(t('clock.jumped', { ahead: durationWords(ms) })),
        notifyFailure,
      );
    };
    const other = () => {
      this.menu.hidePopover();
      openJump({
        opener: this.button,
        onJumped: (ms) => notify(t('clock.jumped', { ahead: durationWords(ms) })),
      });
    };
    return element(
      'div',
      { class: 'jumps', role: 'group', 'aria-label': t('tools.clock') },
      ...JUMPS.map(({ ms, key }) => plainButton('jump', t(key), () => void jump(ms))),
      plainButton('jump', t('clock.custom'), other),
    );
  }

  #paceSwitch() {
    this.pace = this.#item('pace', t('limits.name'), null);
    this.pace.setAttribute('role', 'switch');
    this.pace.setAttribute('aria-checked', 'false');
    this.pace.append(element('span', { class: 'switch', 'aria-hidden': 'true' }));
    this.pace.addEventListener('click', () => {
      const isOn = this.pace.getAttribute('aria-checked') === 'true';
      setLimits(!isOn).catch(notifyFailure);
    });
    return this.pace;
  }

  #item(drawing, words, onClick) {
    const node = element('button', { class: 'menu-item', type: 'button' }, icon(drawing), words);
    if (onClick) {
      node.addEventListener('click', () => {
        this.menu.hidePopover();
        onClick();
      });
    }
    return node;
  }

  #follow(refresh) {
    this.#followers.add(refresh);
    return () => this.#followers.delete(refresh);
  }

  /** Their column comes with the next state. */
  #welcome(person) {
    notify(t('person.added', { name: nameOf(person) }));
    this.#newcomer = person.id;
  }
}

const group = (title, ...items) =>
  element('section', { class: 'menu-group' }, element('h2', {}, title), ...items);
