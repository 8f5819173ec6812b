import { addPerson, deleteAccount } from '../parts/api.js';
import { Refused, openForm } from '../parts/dialog.js';
import { element } from '../parts/dom.js';
import { selectField, textField } from './fields.js';
import { t } from '../words/words.js';

const NAME_MAX = 64;
const USERNAME = /^[A-Za-z][A-Za-z0-9_]{4,31}$/;

/** Asks for a new person's names and adds them. `people()` are those already there. */
export function openAddPerson({ people, opener, onAdded }) {
  const first = textField(t('person.first'), {
    name: 'first',
    maxlength: NAME_MAX,
    required: true,
  });
  const last = textField(t('person.last'), { name: 'last', maxlength: NAME_MAX });
  const username = textField(t('person.username'), {
    name: 'username',
    placeholder: '@nama_anda',
    hint: t('person.username.hint'),
    spellcheck: 'false',
  });
  const caption = textField(t('person.role'), {
    name: 'role',
    maxlength: 24,
    hint: t('person.role.hint'),
  });
  const spoken = selectField(
    t('person.language'),
    [
      ['id', 'Bahasa Indonesia'],
      ['en', 'English'],
    ],
    { name: 'language' },
  );
  const submit = async () => {
    const seed = {
      firstName: requireName(first.input),
      ...given('lastName', last.input),
      ...takenCare(username.input, people()),
      ...given('caption', caption.input),
      languageCode: spoken.input.value,
      id: freshId(people()),
    };
    await addPerson(seed);
    onAdded(seed);
  };
  openForm({
    title: t('person.add'),
    lead: t('person.add.lead'),
    body: [
      element('div', { class: 'pair' }, first.node, last.node),
      username.node,
      element('div', { class: 'pair' }, caption.node, spoken.node),
    ],
    action: t('person.add.go'),
    submit,
    opener,
  });
}

/** Asks whose account is deleted. */
export function openDeleteAccount({ people, opener, onDeleted }) {
  const who = selectField(t('person.who'), peopleOptions(people()), { name: 'who' });
  const submit = async () => {
    const id = Number(who.input.value);
    const name = nameOf(people().find((person) => person.id === id));
    await deleteAccount(id);
    onDeleted(name);
  };
  openForm({
    title: t('person.delete'),
    lead: t('person.delete.lead'),
    body: [who.node],
    action: t('person.delete.go'),
    isDanger: true,
    submit,
    opener,
  });
}

export const nameOf = ({ firstName, lastName = '' }) => `${firstName} ${lastName}`.trim();

/** For a select: everybody with their role. */
export const peopleOptions = (people) =>
  people.map((person) => [
    String(person.id),
    person.caption ? `${nameOf(person)} · ${person.caption}` : nameOf(person),
  ]);

function requireName(input) {
  const name = input.value.trim();
  if (name === '') throw new Refused(t('person.first.missing'), input);
  return name;
}

function given(key, input) {
  const words = input.value.trim();
  return words === '' ? {} : { [key]: words };
}

/** A username as Telegram allows it, and not another person's. */
function takenCare(input, people) {
  const username = input.value.trim().replace(/^@/, '');
  if (username === '') return {};
  if (!USERNAME.test(username)) throw new Refused(t('person.username.wrong'), input);
  const holder = people.find((person) => person.username?.toLowerCase() === username.toLowerCase());
  if (holder) throw new Refused(t('person.username.taken', { name: nameOf(holder) }), input);
  return { username };
}

/** Far from the ids of those who are always there, as a stranger's id would be. */
function freshId(people) {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  const id = 200_000_000 + (random % 700_000_000);
  return people.some((person) => person.id === id) ? freshId(people) : id;
}
