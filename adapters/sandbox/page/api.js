/** The control plane, as the page needs it. Every refusal is an Error with the sandbox's words. */

async function send(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

const act = (personId, name, body = {}) =>
  send('POST', `/sandbox/people/${personId}/${name}`, body);

export const readState = () => send('GET', '/sandbox/state');
export const readChat = (personId) => send('GET', `/sandbox/people/${personId}/chat`);
export const resetAll = () => send('POST', '/sandbox/reset', {});
export const say = (personId, text, replyTo) =>
  act(personId, 'say', replyTo === undefined ? { text } : { text, replyTo });
export const press = (personId, messageId, data) => act(personId, 'press', { messageId, data });
export const block = (personId) => act(personId, 'block');
export const unblock = (personId) => act(personId, 'unblock');

export async function sendPhotos(personId, blobs, caption) {
  return act(personId, 'photos', { photos: await Promise.all(blobs.map(toBase64)), caption });
}

export async function sendDocument(personId, file, caption) {
  const mimeType = file.type === '' ? undefined : file.type;
  const bytes = await toBase64(file);
  return act(personId, 'document', { bytes, filename: file.name, mimeType, caption });
}

function toBase64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1] ?? '');
    reader.onerror = () => reject(new Error('Berkas tidak terbaca'));
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
