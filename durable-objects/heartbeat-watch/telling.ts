/** Hosts are told of changes one at a time each: the next change waits for the one before, however that ended. */
export class Telling {
  readonly #last = new Map<string, Promise<boolean>>();

  inTurn(hostId: string, tell: () => Promise<boolean>): Promise<boolean> {
    const told = (this.#last.get(hostId) ?? Promise.resolve(true)).then(tell, tell);
    this.#last.set(hostId, told);
    const done = () => {
      if (this.#last.get(hostId) === told) this.#last.delete(hostId);
    };
    told.then(done, done);
    return told;
  }
}
