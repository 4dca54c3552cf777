/** A scope in the instance's form, to be used for many evaluations: each starts from the same values. */
export class EncodedScope {
  readonly bytes: Uint8Array;

  /** Made by `encode` of the engine. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
