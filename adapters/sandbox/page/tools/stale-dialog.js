import { pastButtons, pressPast } from '../parts/api.js';
import { Refused, openForm } from '../parts/dialog.js';
import { element } from '../parts/dom.js';
import { cardField, selectField, tickField } from './fields.js';
import { peopleOptions } from './people-dialogs.js';
import { t } from '../words/words.js';

/** Asks for a button that a chat has or once had, and presses it, in time or too late. */
export function openStaleButton({ people, opener, onPressed }) {
  const who = selectField(t('stale.who'), peopleOptions(people()), { name: 'who' });
  const list = element('div', { class: 'stale-list' });
  const expired = tickField(t('stale.expired'));
  let shown = { buttons: [], chosen: () => undefined };
  const load = async () => {
    const personId = Number(who.input.value);
    try {
      const buttons = await pastButtons(personId);
      if (personId === Number(who.input.value)) shown = draw(list, buttons);
    } catch (error) {
      list.textContent = t('tools.failed', { reason: error.message });
    }
  };
  who.input.addEventListener('change', () => void load());
  const submit = async () => {
    const pressed = shown.buttons[Number(shown.chosen())];
    if (!pressed) throw new Refused(t('stale.none.chosen'));
    await pressPast(Number(who.input.value), pressed, expired.input.checked);
    onPressed(pressed.text);
  };
  openForm({
    title: t('stale.title'),
    lead: t('stale.lead'),
    body: [who.node, list, expired.node],
    action: t('stale.go'),
    submit,
    opener,
  });
  void load();
}

/** Those that are gone come first: they are what this is for. */
function draw(list, unsorted) {
  const isPresent = ({ fate }) => fate === 'present';
  const buttons = [...unsorted.filter((x) => !isPresent(x)), ...unsorted.filter(isPresent)];
  if (buttons.length === 0) {
    list.replaceChildren(element('p', { class: 'nothing' }, t('stale.empty')));
    return { buttons, chosen: () => undefined };
  }
  const cards = cardField(
    t('stale.buttons'),
    'stale',
    buttons.map(({ text, messageId, fate }, index) => ({
      value: index,
      title: text,
      detail: t(`stale.fate.${fate}`, { number: messageId }),
    })),
  );
  list.replaceChildren(cards.node);
  return { buttons, chosen: cards.value };
}
