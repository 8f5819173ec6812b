/** What a person has typed but not sent: kept until the browser's tab is closed. */
const keyOf = (personId) => `sandbox-draft-${personId}`;

export const draftOf = (personId) => sessionStorage.getItem(keyOf(personId)) ?? '';

export function keepDraft(personId, text) {
  if (text === '') sessionStorage.removeItem(keyOf(personId));
  else sessionStorage.setItem(keyOf(personId), text);
}
