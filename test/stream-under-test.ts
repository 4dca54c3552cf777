/** How the behaviour suites of event streams talk to one. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type {
  CommandOutcome,
  CommandRequest,
  ExpectedVersion,
} from "../durable-objects/event-stream/commands.ts";
import type { CounterCommand, CounterObject, CounterStub } from "./counter.ts";

export interface Sent {
  readonly id?: string;
  readonly expected?: ExpectedVersion;
  readonly keepOutcome?: CommandRequest<CounterCommand>["keepOutcome"];
  readonly metadata?: CommandRequest<CounterCommand>["metadata"];
}

export class StreamUnderTest {
  readonly id = crypto.randomUUID();
  readonly object = env.COUNTER.get(env.COUNTER.idFromName(this.id));
  readonly stub = this.object as unknown as CounterStub;

  request(command: CounterCommand, sent: Sent = {}): CommandRequest<CounterCommand> {
    const { id, expected, keepOutcome, metadata } = sent;
    return {
      stream: { type: "counter", id: this.id },
      command,
      commandId: id ?? crypto.randomUUID(),
      ...(expected === undefined ? {} : { expected }),
      ...(keepOutcome === undefined ? {} : { keepOutcome }),
      metadata: metadata ?? { correlationId: "c", causationId: null, actor: "test" },
    };
  }

  send(command: CounterCommand, sent?: Sent): Promise<CommandOutcome> {
    return this.stub.execute(this.request(command, sent));
  }

  /** The error of a command that fails; asked inside the object, where it is not reported as unhandled too. */
  failureOf(request: CommandRequest<CounterCommand>): Promise<string> {
    return this.inside(async (instance) => {
      try {
        await instance.execute(request);
        return "no error";
      } catch (error) {
        return String(error);
      }
    });
  }

  add(amount: number, sent?: Sent): Promise<CommandOutcome> {
    return this.send({ type: "Add", data: { amount } }, sent);
  }

  async sum(): Promise<number> {
    return (await this.stub.stateAt({ version: Number.MAX_SAFE_INTEGER })).state.sum;
  }

  inside<R>(look: (instance: CounterObject, state: DurableObjectState) => R | Promise<R>): Promise<R> {
    // The platform's types lose the class on the way from the namespace to the stub.
    return runInDurableObject(this.object, (instance, state) =>
      look(instance as unknown as CounterObject, state),
    );
  }

  evict(): Promise<void> {
    return evictDurableObject(this.object);
  }

  alarm(): Promise<boolean> {
    return runDurableObjectAlarm(this.object);
  }
}
