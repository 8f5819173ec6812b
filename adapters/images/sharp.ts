import sharp from 'sharp';

/**
 * sharp, safe for pictures of strangers. Process-wide, because sharp's switches are: from the
 * import of this module on, nothing in the process decodes anything but JPEG, PNG and WebP from
 * memory. No SVG, no GIF, no file paths; raw pixels still come in, every format still goes out.
 * Code that needs another loader (charts from SVG) must `sharp.unblock` that one by name.
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
// For a small server: no cache of pictures never seen again, one thread a picture.
sharp.cache(false);
sharp.concurrency(1);

export { sharp };
