import { addFault, clearFaults, listFaults } from '../parts/api.js';
import { Refused, openForm, plainButton } from '../parts/dialog.js';
import { element } from '../parts/dom.js';
import { KIND_NAMES, METHODS, SECONDS, faultWords, makeFault } from './fault-kinds.js';
import { cardField, selectField, textField } from './fields.js';
import { notifyFailure } from '../parts/notice.js';
import { nameOf, peopleOptions } from './people-dialogs.js';
import { t } from '../words/words.js';

const TIMES_MAX = 1000;
const SECONDS_MAX = 3600;

/** Orders faults from a ready-made list, and shows those that still wait. */
export function openFaults({ people, opener, follow }) {
  const kind = cardField(t('fault.kind'), 'kind', KIND_NAMES.map(card), () => showSeconds());
  const seconds = textField(t('fault.seconds'), number(1, SECONDS_MAX, SECONDS.flood));
  const times = textField(t('fault.times'), number(1, TIMES_MAX, 1));
  const anyMethod = ['', t('fault.method.any')];
  const method = selectField(t('fault.method'), [
    anyMethod,
    ...METHODS.map((name) => [name, name]),
  ]);
  const everybody = ['', t('fault.person.any')];
  const person = selectField(t('fault.person'), [everybody, ...peopleOptions(people())]);
  const waiting = element('section', { class: 'waiting', 'aria-live': 'polite' });
  const showSeconds = () => {
    const proposed = SECONDS[kind.value()];
    seconds.node.hidden = proposed === undefined;
    if (proposed !== undefined) seconds.input.value = proposed;
  };
  const refresh = () =>
    listFaults().then((faults) => drawWaiting(waiting, faults, people()), notifyFailure);
  const submit = async () => {
    const chosen = kind.value();
    const wait = SECONDS[chosen] === undefined ? 0 : wholeNumber(seconds.input, SECONDS_MAX);
    await addFault({
      ...makeFault(chosen, wait),
      ...(method.input.value !== '' && { method: method.input.value }),
      ...(person.input.value !== '' && { chatId: Number(person.input.value) }),
      count: wholeNumber(times.input, TIMES_MAX),
    });
  };
  const dialog = openForm({
    title: t('fault.title'),
    lead: t('fault.lead'),
    body: [
      waiting,
      kind.node,
      element('div', { class: 'pair' }, method.node, person.node),
      element('div', { class: 'pair' }, times.node, seconds.node),
    ],
    action: t('fault.go'),
    isDone: false,
    submit,
    opener,
  });
  dialog.addEventListener(
    'close',
    follow(() => void refresh()),
  );
  showSeconds();
  void refresh();
}

const card = (kind) => ({
  value: kind,
  title: t(`fault.${kind}`),
  detail: t(`fault.${kind}.detail`),
});

const number = (min, max, value) => ({ type: 'number', inputmode: 'numeric', min, max, value });

function wholeNumber(input, max) {
  const value = Number(input.value);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new Refused(t('fault.number', { max }), input);
  }
  return value;
}

function drawWaiting(node, faults, people) {
  node.hidden = faults.length === 0;
  const items = faults.map((fault) => {
    const person = people.find(({ id }) => id === fault.chatId);
    const where = [fault.method, person && nameOf(person)].filter(Boolean).join(' · ');
    return element(
      'li',
      {},
      element('strong', {}, faultWords(fault)),
      element('span', {}, where === '' ? t('fault.method.any') : where),
      element('span', { class: 'left' }, t('fault.left', { count: fault.left })),
    );
  });
  node.replaceChildren(
    element(
      'header',
      {},
      element('h3', {}, t('fault.waiting', { count: faults.length })),
      plainButton('form-quiet', t('fault.clear'), () => void clearFaults().catch(notifyFailure)),
    ),
    element('ul', {}, ...items),
  );
}
