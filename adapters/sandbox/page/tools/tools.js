import { button, element, icon } from '../parts/dom.js';
import { Panel } from './panel.js';
import { Toolbar } from './toolbar.js';
import { TourShow } from '../tour/tour.js';
import { t } from '../words/words.js';

/** Everything beside the chats: tools, side panel and tour. `refresh()` has the state read anew. */
export function createTools(refresh) {
  const byId = (id) => document.getElementById(id);
  const bar = byId('tools');
  const books = button(
    'bar-button',
    t('ledger.open'),
    () => panel.toggle('ledger'),
    icon('ledger'),
  );
  const panel = new Panel(byId('panel'), (name) => {
    books.setAttribute('aria-expanded', String(name === 'ledger'));
  });
  const toolbar = new Toolbar({ openCalls: () => panel.open('calls') });
  const tour = new TourShow(byId('tour'));
  let isOpening = false;
  books.append(element('span', { class: 'wide' }, t('ledger.name')));
  toolbar.button.dataset.panel = 'calls';
  books.dataset.panel = 'ledger';
  books.hidden = true;
  bar.prepend(tour.button, books);
  toolbar.mount(bar);
  tour.onChange = (isOn) => {
    document.body.classList.toggle('touring', isOn);
    if (isOn) panel.openIfRoomy();
  };
  return {
    /** The feed is there, for the first time or again. */
    opened: () => {
      isOpening = true;
      panel.calls.forget();
      panel.hint();
    },
    /** What `GET /sandbox/state` said, whenever it was read. */
    stateRead: (state) => {
      toolbar.show(state);
      books.hidden = !state.can.ledger;
      panel.allow(state.can);
      tour.arrange();
      tour.allow(state.can.tour);
      if (isOpening) void tour.catchUp();
      isOpening = false;
    },
    /** One event of the feed. */
    heard: (event) => {
      if (event.type === 'tour') tour.show(event);
      if (event.type === 'clock' || event.type === 'conditions') refresh();
      if (event.type === 'chat' || event.type === 'answered') tour.acted(event.personId);
      panel.hint();
    },
  };
}
