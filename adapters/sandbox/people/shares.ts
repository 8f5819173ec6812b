import { post, say, type Done } from './acts.ts';
import { badRequest } from '../bot-api/api-error.ts';
import type { Location } from '../bot-api/types.ts';
import type { Chat } from '../state.ts';
import type { World } from '../world.ts';

/** Where people are unless told otherwise: the National Monument in Jakarta. */
const PLACE: Location = { latitude: -6.175392, longitude: 106.827153 };

/**
 * Taps a key of the reply keyboard: its label is said, or it shares what it asks for. Refuses a key
 * that is not there.
 */
export function tapKey(world: World, chat: Chat, label: string): Done {
  const keys = chat.keyboard?.markup.keyboard.flat() ?? [];
  const key = keys.find(({ text }) => text === label);
  if (!key) {
    const labels = keys.map(({ text }) => `"${text}"`).join(', ') || 'no keys';
    throw badRequest(`the keyboard has no key "${label}", but ${labels}`);
  }
  if (key.request_contact) return shareContact(world, chat);
  if (key.request_location) return shareLocation(world, chat);
  return say(world, chat, label);
}

/** The person's own phone number and names; an answer, where a keyboard asks for them. */
export function shareContact(world: World, chat: Chat): Done {
  const { user, phoneNumber, keyboard } = chat;
  const isAsked = keyboard?.markup.keyboard.flat().some((key) => key.request_contact) ?? false;
  const contact = {
    phone_number: phoneNumber,
    first_name: user.first_name,
    ...(user.last_name !== undefined && { last_name: user.last_name }),
    user_id: user.id,
  };
  return post(world, chat, { contact }, isAsked && keyboard ? { replyTo: keyboard.messageId } : {});
}

/** Where the person is, in degrees; Jakarta unless told. */
export function shareLocation(world: World, chat: Chat, location: Location = PLACE): Done {
  return post(world, chat, { location });
}
