import { z } from 'zod';
import {
  click,
  edit,
  press,
  remove,
  say,
  sendDocument,
  sendDocuments,
  sendPhotos,
  setBlocked,
  type Person,
} from '../people/acts.ts';
import { shareContact, shareLocation, tapKey } from '../people/shares.ts';

/** What a person does, as `POST /sandbox/people/:id/<name>` has it done. */
type Act = (person: Person, body: unknown) => unknown;

const notEmpty = z.string().min(1, 'must not be empty');
const bytes = z.base64('must be base64').transform((text) => Buffer.from(text, 'base64'));
const nothing = z.strictObject({});
const messageId = z.int();
const replyTo = messageId.optional();
const mediaOptions = { caption: z.string().optional(), replyTo };
const LATITUDE = 'must be from -90 to 90';
const LONGITUDE = 'must be from -180 to 180';
const location = z.strictObject({
  latitude: z.number().min(-90, LATITUDE).max(90, LATITUDE),
  longitude: z.number().min(-180, LONGITUDE).max(180, LONGITUDE),
});
const personsFile = { bytes, filename: notEmpty, mimeType: z.string().optional() };
const expired = z.boolean().default(false);

const saying = z.strictObject({ text: z.string(), replyTo });
const photosSent = z.strictObject({ photos: z.array(bytes), ...mediaOptions });
const documentSent = z.strictObject({ ...personsFile, ...mediaOptions });
const documentsSent = z.strictObject({
  files: z.array(z.strictObject(personsFile)),
  ...mediaOptions,
});
const keyTapped = z.strictObject({ text: notEmpty });
const placeShared = z.strictObject({ location: location.optional() });
const clicked = z.strictObject({ messageId, button: z.string(), expired });
const pressed = z.strictObject({ messageId, data: z.string(), expired });
const edited = z.strictObject({ messageId, text: notEmpty });
const removed = z.strictObject({ messageId });

/** What puts a message into the chat. */
const SPEAKING: Readonly<Record<string, Act>> = {
  say: (person, body) => {
    const { text, ...options } = saying.parse(body);
    return say(person, text, options);
  },
  photos: (person, body) => {
    const { photos, ...options } = photosSent.parse(body);
    return sendPhotos(person, photos, options);
  },
  document: (person, body) => {
    const { caption, replyTo: to, ...file } = documentSent.parse(body);
    return sendDocument(person, file, { caption, replyTo: to });
  },
  documents: (person, body) => {
    const { files, ...options } = documentsSent.parse(body);
    return sendDocuments(person, files, options);
  },
  key: (person, body) => tapKey(person, keyTapped.parse(body).text),
  contact: (person, body) => {
    nothing.parse(body);
    return shareContact(person);
  },
  location: (person, body) => shareLocation(person, placeShared.parse(body).location),
};

const setting =
  (blocked: boolean): Act =>
  (person, body) => {
    nothing.parse(body);
    return setBlocked(person, blocked);
  };

/** What presses, changes or ends something that is there. */
const CHANGING: Readonly<Record<string, Act>> = {
  click: (person, body) => click(person, clicked.parse(body)),
  press: (person, body) => press(person, pressed.parse(body)),
  edit: (person, body) => {
    const { messageId: id, text } = edited.parse(body);
    return edit(person, id, text);
  },
  remove: (person, body) => {
    remove(person, removed.parse(body).messageId);
    return {};
  },
  block: setting(true),
  unblock: setting(false),
};

/** All of them by name. */
export const ACTS: Readonly<Record<string, Act>> = { ...SPEAKING, ...CHANGING };
