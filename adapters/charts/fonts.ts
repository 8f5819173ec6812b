import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Comes with us from npm: a bare server has no font at all. */
export const FONT = 'DejaVu Sans';

/**
 * Tells the picture library where that font is. It reads this once, with the first text it draws in
 * the process; what the operator has set stands.
 */
export const bringFonts = (): void => {
  if (process.env['FONTCONFIG_FILE'] !== undefined) return;
  const fromHere = createRequire(import.meta.url);
  const fonts = join(dirname(fromHere.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const folder = mkdtempSync(join(tmpdir(), 'upah-fonts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'fonts.conf');
  writeFileSync(config, configOf(fonts, join(folder, 'cache')));
  process.env['FONTCONFIG_FILE'] = config;
};

const configOf = (fonts: string, cache: string): string =>
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${inXml(fonts)}</dir><cachedir>${inXml(cache)}</cachedir></fontconfig>
`;

const inXml = (path: string): string => path.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
