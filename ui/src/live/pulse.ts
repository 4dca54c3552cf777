/** Whether a line still lives: one that was cut halfway never closes by itself, and says nothing for ever. */

/** Milliseconds of silence after which it is asked. */
export const SILENCE = 20_000;
/** Milliseconds within which it has to answer. */
export const ANSWER = 10_000;

interface PulsePorts {
  /** Asks for an answer. */
  ping(): void;
  onDead(): void;
}

export class Pulse {
  readonly #ports: PulsePorts;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isAsked = false;

  constructor(ports: PulsePorts) {
    this.#ports = ports;
  }

  /** Something came, or the line was just opened. */
  heard(): void {
    this.#isAsked = false;
    this.#after(SILENCE, () => this.feel());
  }

  /** Asks now: it may have been cut. */
  feel(): void {
    // Closed, or asked already.
    if (this.#timer === null || this.#isAsked) return;
    this.#isAsked = true;
    this.#ports.ping();
    this.#after(ANSWER, () => {
      this.rest();
      this.#ports.onDead();
    });
  }

  /** The line is closed. */
  rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isAsked = false;
  }

  #after(milliseconds: number, call: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(call, milliseconds);
  }
}

/** Calls when the machine may have slept, or have another network. @returns what ends it */
export function onSignsOfChange(call: () => void): () => void {
  const onVisible = () => {
    if (document.visibilityState === "visible") call();
  };
  window.addEventListener("online", call);
  window.addEventListener("focus", call);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    window.removeEventListener("online", call);
    window.removeEventListener("focus", call);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
