import * as api from '../parts/api.js';

/** Telegram sends what is more as further albums. */
const ALBUM_MAX = 10;

/**
 * Sends pictures as photos and files as documents, in albums; `extras` go with the first of them.
 * What was sent is taken out of `waiting`: where it throws, the rest is still there.
 */
export async function sendInAlbums(personId, waiting) {
  const ways = { photos: api.sendPhotos, others: api.sendDocuments };
  for (const [kind, send] of Object.entries(ways)) {
    while (waiting[kind].length > 0) {
      await send(personId, waiting[kind].slice(0, ALBUM_MAX), waiting.extras);
      waiting[kind] = waiting[kind].slice(ALBUM_MAX);
      waiting.extras = {};
    }
  }
}
