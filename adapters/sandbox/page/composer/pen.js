/** What the made-up pictures of phones are drawn with. */
export const WIDTH = 720;
export const HEIGHT = 1480;
const INK = '#1b1f24';

export const pick = (list) => list[Math.floor(Math.random() * list.length)];
export const upTo = (most) => Math.floor(Math.random() * most) + 1;

/**
 * A white phone screen with a status bar, drawn on by `draw`, as a JPEG blob. Encoded at once:
 * `toBlob` waits until the browser has nothing else to do, which may be seconds.
 */
export function phonePicture(draw) {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  draw(pen);
  drawStatusBar(pen);
  const [, base64] = canvas.toDataURL('image/jpeg', 0.9).split(',');
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: 'image/jpeg' });
}

export function write(pen, text, x, y, font, color = INK) {
  pen.font = `${font} system-ui, sans-serif`;
  pen.fillStyle = color;
  pen.fillText(text, x, y);
}

export function rounded(pen, [x, y, width, height], radius, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.fill();
}

function drawStatusBar(pen) {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  write(pen, `${two(now.getHours())}:${two(now.getMinutes())}`, 36, 52, '600 28px');
  for (let bar = 0; bar < 4; bar += 1) {
    const height = 8 + bar * 6;
    rounded(pen, [556 + bar * 12, 54 - height, 8, height], 2, INK);
  }
  rounded(pen, [624, 30, 56, 26], 7, '#c8cdd3');
  rounded(pen, [627, 33, 10 + upTo(40), 20], 5, INK);
}
