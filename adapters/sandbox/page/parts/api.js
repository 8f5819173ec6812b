import { language, t } from '../words/words.js';

/** The control plane, as the page needs it. Every refusal is an Error with the sandbox's words. */

async function send(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error(t('page.unreachable'));
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

const act = (personId, name, body = {}) =>
  send('POST', `/sandbox/people/${personId}/${name}`, body);

export const readState = () => send('GET', '/sandbox/state');
/** What has changed since that revision; -1 reads it all. */
export const readChanges = (personId, since) =>
  send('GET', `/sandbox/people/${personId}/chat?since=${since}`);
export const resetAll = () => send('POST', '/sandbox/reset', {});
export const say = (personId, text, replyTo) => act(personId, 'say', { text, replyTo });
export const edit = (personId, messageId, text) => act(personId, 'edit', { messageId, text });
export const remove = (personId, messageId) => act(personId, 'remove', { messageId });
export const press = (personId, messageId, data) => act(personId, 'press', { messageId, data });
/** Gives the bot the person's `contact` or `location`. */
export const share = (personId, what) => act(personId, what);
export const block = (personId) => act(personId, 'block');
export const unblock = (personId) => act(personId, 'unblock');

/** Pictures as one photo or an album; `extras` may hold a caption and replyTo. */
export async function sendPhotos(personId, blobs, extras = {}) {
  return act(personId, 'photos', { photos: await Promise.all(blobs.map(toBase64)), ...extras });
}

/** Files as one document or an album of them; `extras` may hold a caption and replyTo. */
export async function sendDocuments(personId, files, extras = {}) {
  const read = async (file) => ({
    bytes: await toBase64(file),
    filename: file.name,
    ...(file.type !== '' && { mimeType: file.type }),
  });
  return act(personId, 'documents', { files: await Promise.all(files.map(read)), ...extras });
}

function toBase64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1] ?? '');
    reader.onerror = () => reject(new Error(t('compose.unreadable')));
    reader.readAsDataURL(blob);
  });
}

/** Follows the feed for ever; EventSource reconnects by itself. */
export function follow({ onEvent, onOpen, onLost }) {
  const source = new EventSource('/sandbox/feed');
  source.onopen = onOpen;
  source.onerror = onLost;
  source.onmessage = ({ data }) => onEvent(JSON.parse(data));
}

export const addPerson = (seed) => send('POST', '/sandbox/people', seed);
export const deleteAccount = (personId) => send('DELETE', `/sandbox/people/${personId}`);
export const pastButtons = (personId) => send('GET', `/sandbox/people/${personId}/buttons`);
export const pressPast = (personId, { messageId, data }, expired) =>
  send('POST', `/sandbox/people/${personId}/press`, { messageId, data, expired });
export const listFaults = () => send('GET', '/sandbox/faults');
export const addFault = (fault) => send('POST', '/sandbox/faults', fault);
export const clearFaults = () => send('DELETE', '/sandbox/faults');
export const setLimits = (on) => send('POST', '/sandbox/limits', { on });
export const advance = (advanceMs) => send('POST', '/sandbox/clock', { advanceMs });
export const readLedger = () => send('GET', `/sandbox/ledger?language=${language()}`);
export const readCalls = (after) => send('GET', `/sandbox/requests?after=${after}`);
export const readTour = () => send('GET', '/sandbox/tour');
export const startTour = () => send('POST', '/sandbox/tour', { language: language() });
export const tellTour = (order) => send('POST', `/sandbox/tour/${order}`, {});
