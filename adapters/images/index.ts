export { createImageInspector } from './inspector.ts';
