import { HEIGHT, phonePicture, pick, rounded, upTo, WIDTH, write } from './pen.js';

const NAMES = ['Kopi Senja', 'Toko Melati', 'Batik Pesona', 'Rasa Nusantara', 'Studio Pelangi'];
const WORDS = [
  'Promo akhir pekan untuk pelanggan setia',
  'Menu baru sudah hadir, ayo dicoba',
  'Terima kasih atas dukungan kalian',
  'Cara membuat kopi susu di rumah',
];

/** A made-up phone screenshot of a liked post, different every time, as a JPEG blob. */
export const sampleScreenshot = () =>
  phonePicture((pen) => {
    const hue = upTo(360);
    const name = pick(NAMES);
    drawAppBar(pen, name, hue);
    drawPicture(pen, hue);
    drawPost(pen, name);
    drawComments(pen);
  });

function drawAppBar(pen, name, hue) {
  pen.fillStyle = `hsl(${hue} 70% 55%)`;
  pen.beginPath();
  pen.arc(76, 132, 40, 0, 7);
  pen.fill();
  write(pen, name.charAt(0), 62, 147, '700 42px', '#ffffff');
  write(pen, name, 136, 126, '700 32px');
  write(pen, `${upTo(59)} menit yang lalu`, 136, 162, '400 24px', '#6b7480');
  rounded(pen, [504, 104, 180, 58], 29, '#e8ebef');
  pen.textAlign = 'center';
  write(pen, 'Mengikuti', 594, 142, '600 24px');
  pen.textAlign = 'left';
}

function drawPicture(pen, hue) {
  const sky = pen.createLinearGradient(0, 200, WIDTH, 920);
  sky.addColorStop(0, `hsl(${hue} 75% 68%)`);
  sky.addColorStop(1, `hsl(${(hue + 70) % 360} 70% 46%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 200, WIDTH, 720);
  pen.save();
  pen.beginPath();
  pen.rect(0, 200, WIDTH, 720);
  pen.clip();
  for (let spot = 0; spot < 9; spot += 1) {
    pen.fillStyle = `hsl(${(hue + upTo(120)) % 360} 80% 80% / .28)`;
    pen.beginPath();
    pen.arc(upTo(WIDTH), 200 + upTo(720), 40 + upTo(140), 0, 7);
    pen.fill();
  }
  pen.restore();
}

function drawPost(pen, name) {
  write(pen, '♥', 36, 988, '400 56px', '#e5344a');
  write(pen, '✉', 116, 986, '400 50px');
  write(pen, `${(upTo(9000) + 100).toLocaleString('id-ID')} suka`, 36, 1046, '700 28px');
  write(pen, name, 36, 1096, '700 28px');
  write(pen, pick(WORDS), 36, 1136, '400 28px');
  write(pen, `No. ${upTo(899_999) + 100_000}`, 520, 1046, '400 24px', '#8a929c');
}

function drawComments(pen) {
  for (let line = 0; line < 3; line += 1) {
    const y = 1190 + line * 74;
    rounded(pen, [36, y, 52, 52], 26, '#dfe4ea');
    rounded(pen, [106, y + 6, 120 + upTo(120), 14], 7, '#cfd6dd');
    rounded(pen, [106, y + 32, 240 + upTo(260), 14], 7, '#e6eaee');
  }
  rounded(pen, [270, HEIGHT - 30, 180, 8], 4, '#1b1f24');
}
