import { showToast } from './overlay.js';
import { t } from '../words/words.js';

/** Copies, and says over `host` that it did, or that the browser did not allow it. */
export async function copy(text, host) {
  try {
    await navigator.clipboard.writeText(text);
    showToast(host, t('message.copied'));
  } catch {
    showToast(host, t('message.copy.failed'));
  }
}
