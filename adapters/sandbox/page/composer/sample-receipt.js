import { HEIGHT, phonePicture, pick, rounded, upTo, WIDTH, write } from './pen.js';

const BANKS = ['Bank Nusantara', 'Bank Pesisir', 'Bank Merapi', 'Bank Khatulistiwa'];
const GREEN = '#1f9d57';
const QUIET = '#6b7480';
const DAY = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeStyle: 'short' });

/** A made-up receipt of a bank transfer over `amount`, different every time, as a JPEG blob. */
export const sampleReceipt = (amount) =>
  phonePicture((pen) => {
    pen.fillStyle = '#eef1f4';
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    rounded(pen, [36, 120, WIDTH - 72, 1180], 36, '#ffffff');
    drawCheck(pen);
    pen.textAlign = 'center';
    write(pen, 'Transfer berhasil', WIDTH / 2, 410, '700 44px');
    write(pen, DAY.format(new Date()), WIDTH / 2, 462, '400 26px', QUIET);
    write(pen, amount, WIDTH / 2, 570, '700 68px', GREEN);
    drawRows(pen);
    pen.textAlign = 'center';
    write(pen, 'Contoh dari sandbox, bukan transfer sungguhan', WIDTH / 2, 1252, '400 24px', QUIET);
    rounded(pen, [270, HEIGHT - 30, 180, 8], 4, '#1b1f24');
    pen.textAlign = 'left';
  });

function drawCheck(pen) {
  pen.fillStyle = GREEN;
  pen.beginPath();
  pen.arc(WIDTH / 2, 260, 74, 0, 7);
  pen.fill();
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 14;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.beginPath();
  pen.moveTo(WIDTH / 2 - 32, 262);
  pen.lineTo(WIDTH / 2 - 8, 288);
  pen.lineTo(WIDTH / 2 + 36, 234);
  pen.stroke();
}

function drawRows(pen) {
  const number = () => `•••• ${upTo(8_999) + 1_000}`;
  const rows = [
    ['Dari', `${pick(BANKS)} ${number()}`],
    ['Ke', `${pick(BANKS)} ${number()}`],
    ['Biaya', 'Rp 0'],
    ['Referensi', `TRX${upTo(89_999_999) + 10_000_000}`],
  ];
  for (const [index, [label, value]] of rows.entries()) {
    const y = 700 + index * 122;
    rounded(pen, [84, y - 66, WIDTH - 168, 2], 1, '#e4e8ec');
    pen.textAlign = 'left';
    write(pen, label, 84, y + 10, '400 28px', QUIET);
    pen.textAlign = 'right';
    write(pen, value, WIDTH - 84, y + 10, '600 28px');
  }
}
