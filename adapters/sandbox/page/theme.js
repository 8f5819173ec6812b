const KEPT = 'sandbox-theme';
const THEMES = ['auto', 'light', 'dark'];

const asked = new URLSearchParams(location.search).get('theme');
let current = [asked, localStorage.getItem(KEPT)].find((name) => THEMES.includes(name)) ?? 'auto';
show();

/** What was chosen: `auto` (as the device has it), `light` or `dark`. */
export const theme = () => current;

/** Shows the page in that theme, and keeps it for the next visit. */
export function setTheme(next) {
  current = next;
  localStorage.setItem(KEPT, next);
  show();
}

/** From automatic to light, to dark, and round again. */
export function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(current) + 1) % THEMES.length]);
}

/** Without `data-theme` the style sheet follows the device. */
function show() {
  if (current === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}
