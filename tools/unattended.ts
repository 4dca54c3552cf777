/**
 * For work that nobody waits for, as what follows an event from outside: what goes wrong in it is told, and ends nothing else.
 * A promise that is let go rejects into nothing, and Node then ends the process.
 */
export function unattended(what: string, work: () => unknown, log: (line: string) => void): void {
  const told = (error: unknown) => log(`${what}: ${error instanceof Error ? error.stack : error}`);
  try {
    Promise.resolve(work()).catch(told);
  } catch (error) {
    told(error);
  }
}
