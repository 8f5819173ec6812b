/** Says which variable to change where a port cannot be opened (SEC-5). */
export const openPort = async <T>(variable: string, open: () => Promise<T>): Promise<T> => {
  try {
    return await open();
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    throw new Error(`${variable}: ${trouble}`, { cause: error });
  }
};

const troubleOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const port = 'port' in error ? `port ${String(error.port)}` : 'this port';
  if (error.code === 'EADDRINUSE') return `${port} is in use by another program: choose another`;
  if (error.code === 'EACCES') return `${port} may not be opened by this account: choose another`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return 'HTTP_HOST is no address of this machine';
  }
  return undefined;
};
