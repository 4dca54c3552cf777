/** A connection that comes back whenever it is lost, after longer and longer pauses, and notices when the line is dead. */

/** A connection, as far as it is used here. */
export interface Connection {
  send(text: string): void;
  close(): void;
}

export interface Listener {
  onOpen(): void;
  onMessage(text: string): void;
  /** Also where it could not be opened. */
  onClose(): void;
}

export interface SocketPorts {
  connect(listener: Listener): Connection;
  /** Calls after a while, in milliseconds. @returns what cancels it */
  after(milliseconds: number, call: () => void): () => void;
  onMessage(text: string, connection: Connection): void;
  onState?(isOpen: boolean): void;
}

/** How a line is tried that says nothing: a half-open connection never closes by itself. */
export interface Trial {
  readonly ping: string;
  /** Milliseconds of silence after which it is tried, and after which it is given up. */
  readonly every: number;
  readonly patience: number;
}

/** Notices within half a minute. */
export const TRIAL: Trial = { ping: "ping", every: 15_000, patience: 25_000 };

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

export class LastingSocket {
  readonly #ports: SocketPorts;
  readonly #trial: Trial | null;
  #connection: Connection | null = null;
  #isOpen = false;
  #cancelRetry: (() => void) | null = null;
  #cancelTrial: (() => void) | null = null;
  #pause = FIRST_PAUSE;

  constructor(ports: SocketPorts, trial: Trial | null = null) {
    this.#ports = ports;
    this.#trial = trial;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens it, and keeps it open. */
  open(): void {
    if (this.#connection !== null || this.#cancelRetry !== null) return;
    this.#connect();
  }

  close(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#drop();
  }

  /** @returns false where the line is not there */
  send(text: string): boolean {
    if (!this.#isOpen || this.#connection === null) return false;
    this.#connection.send(text);
    return true;
  }

  isCurrent(connection: Connection): boolean {
    return connection === this.#connection;
  }

  #connect(): void {
    let own: Connection | null = null;
    const isCurrent = () => own !== null && own === this.#connection;
    own = this.#ports.connect({
      onOpen: () => {
        if (!isCurrent()) return;
        this.#pause = FIRST_PAUSE;
        this.#setOpen(true);
        this.#heard();
      },
      onMessage: (text) => {
        if (!isCurrent() || own === null) return;
        this.#heard();
        this.#ports.onMessage(text, own);
      },
      onClose: () => {
        if (isCurrent()) this.#lost();
      },
    });
    this.#connection = own;
    this.#heard();
  }

  #lost(): void {
    this.#drop();
    this.#cancelRetry = this.#ports.after(this.#pause, () => {
      this.#cancelRetry = null;
      this.#connect();
    });
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #drop(): void {
    this.#cancelTrial?.();
    this.#cancelTrial = null;
    const connection = this.#connection;
    this.#connection = null;
    this.#setOpen(false);
    connection?.close();
  }

  #setOpen(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return;
    this.#isOpen = isOpen;
    this.#ports.onState?.(isOpen);
  }

  /** The line is alive: it is tried after the next silence. */
  #heard(): void {
    if (this.#trial === null) return;
    const { ping, every, patience } = this.#trial;
    this.#cancelTrial?.();
    this.#cancelTrial = this.#ports.after(every, () => {
      this.send(ping);
      this.#cancelTrial = this.#ports.after(patience - every, () => this.#lost());
    });
  }
}
