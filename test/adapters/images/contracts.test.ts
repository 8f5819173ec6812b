import { createImageInspector } from '../../../adapters/images/index.ts';
import { imageInspectorContract } from '../../contracts/index.ts';
import { aScreen } from './pictures.ts';

imageInspectorContract('sharp', async () => ({
  imageInspector: createImageInspector(),
  pictures: {
    'image/jpeg': await aScreen().jpeg().toBuffer(),
    'image/png': await aScreen().png().toBuffer(),
    'image/webp': await aScreen().webp().toBuffer(),
  },
}));
