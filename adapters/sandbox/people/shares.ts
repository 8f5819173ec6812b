import { post, say, type Done, type Person } from './acts.ts';
import { badRequest } from '../bot-api/api-error.ts';
import type { Location } from '../bot-api/types.ts';

/** Where people are unless told otherwise: the National Monument in Jakarta. */
const PLACE: Location = { latitude: -6.175392, longitude: 106.827153 };

/**
 * Taps a key of the reply keyboard: its label is said, or it shares what it asks for. Refuses a key
 * that is not there.
 */
export function tapKey(person: Person, label: string): Done {
  const keys = person.chat.keyboard?.markup.keyboard.flat() ?? [];
  const key = keys.find(({ text }) => text === label);
  if (!key) {
    const labels = keys.map(({ text }) => `"${text}"`).join(', ') || 'no keys';
    throw badRequest(`the keyboard has no key "${label}", but ${labels}`);
  }
  if (key.request_contact) return shareContact(person);
  if (key.request_location) return shareLocation(person);
  return say(person, label);
}

/** The person's own phone number and names; an answer, where a keyboard asks for them. */
export function shareContact(person: Person): Done {
  const { user, phoneNumber, keyboard } = person.chat;
  const isAsked = keyboard?.markup.keyboard.flat().some((key) => key.request_contact) ?? false;
  const contact = {
    phone_number: phoneNumber,
    first_name: user.first_name,
    ...(user.last_name !== undefined && { last_name: user.last_name }),
    user_id: user.id,
  };
  return post(person, { contact }, isAsked && keyboard ? { replyTo: keyboard.messageId } : {});
}

/** Where the person is, in degrees; Jakarta unless told. */
export function shareLocation(person: Person, location: Location = PLACE): Done {
  return post(person, { location });
}
