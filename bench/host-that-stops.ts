/** A host whose object can be told to stop, so that the next call wakes it from its storage. */
import { HostObject } from "../durable-objects/host.ts";

export class HostThatStops extends HostObject {
  async stop(): Promise<void> {
    this.ctx.abort("told to stop");
  }
}
