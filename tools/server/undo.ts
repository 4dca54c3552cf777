/** What is undone at the end, the last first. */
export class Undo {
  readonly #steps: (() => void | Promise<void>)[] = [];
  #done: Promise<void> | null = null;

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Once, however often it is called. A step that fails keeps none of the others from being taken. @throws its error, at the end */
  all(): Promise<void> {
    this.#done ??= this.#undo();
    return this.#done;
  }

  async #undo(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.#steps.reverse()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
