export * from './chart.ts';
export * from './ports.ts';
