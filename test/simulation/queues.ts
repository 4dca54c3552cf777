/** Queues: at least once, in any order, in batches; a message that failed too often goes to the dead letters. */
import type { Party, World } from "./world.ts";

const MOST_RETRIES = 10;
const MOST_CONSUMERS = Number(process.env.CONSUMERS ?? 2);

export interface Delivered<Body> {
  readonly id: string;
  readonly timestamp: Date;
  readonly attempts: number;
  readonly body: Body;
  ack(): void;
  retry(options?: { delaySeconds?: number }): void;
}

interface Waiting<Body> {
  readonly id: string;
  readonly body: Body;
  attempts: number;
  readonly sentAt: number;
}

export interface QueuePorts<Body> {
  consume(messages: readonly Delivered<Body>[]): Promise<void>;
  /** A message has arrived at the queue. */
  onSent(body: Body): void;
  /** A message leaves the queue for good, as the consumer said. */
  onAcknowledged(body: Body): void;
}

export class SimulatedQueue<Body> {
  readonly name: string;
  readonly consumers = new Set<{ party: Party; die: () => void }>();
  dead = 0;
  #waiting: Waiting<Body>[] = [];
  #numbered = 0;
  #isCalled = false;
  readonly #world: World;
  readonly #ports: QueuePorts<Body>;

  constructor(world: World, name: string, ports: QueuePorts<Body>) {
    this.#world = world;
    this.name = name;
    this.#ports = ports;
  }

  get size(): number {
    return this.#waiting.length + this.consumers.size;
  }

  send(body: Body): Promise<void> {
    const text = JSON.stringify(body);
    const { sendBefore, sendAfter } = this.#world.faults;
    return this.#world.leave<void>(
      `queue ${this.name}`,
      (answer) => {
        this.#ports.onSent(JSON.parse(text));
        const { lose, repeat } = this.#world.faults;
        if (!this.#world.chance(lose))
          this.#put({ id: this.#newId(), body: JSON.parse(text), attempts: 1, sentAt: this.#world.wall() });
        else this.#world.trace(`LOST a message of ${this.name}`);
        if (this.#world.chance(repeat))
          this.#put({ id: this.#newId(), body: JSON.parse(text), attempts: 1, sentAt: this.#world.wall() });
        answer();
      },
      [sendBefore, sendAfter],
    );
  }

  /** What waits, but for what comes late. */
  metrics(): Promise<QueueMetrics> {
    return this.#world.leave<QueueMetrics>(`queue ${this.name}`, (answer) => {
      const oldest = Math.min(...this.#waiting.map(({ sentAt }) => sentAt));
      answer({
        backlogCount: this.#waiting.length,
        backlogBytes: 0,
        ...(this.#waiting.length === 0 ? {} : { oldestMessageTimestamp: new Date(oldest) }),
      });
    });
  }

  #newId(): string {
    this.#numbered += 1;
    return `${this.name}-${this.#numbered}`;
  }

  #put(message: Waiting<Body>, after = 0): void {
    const late = this.#world.chance(this.#world.faults.late) ? this.#world.random.whole(1_000, 300_000) : 0;
    this.#world.after(after + late + this.#world.delay(), `${this.name} has ${message.id}`, () => {
      this.#waiting.push(message);
      this.#call();
    });
  }

  #call(): void {
    if (this.#isCalled) return;
    this.#isCalled = true;
    this.#world.after(this.#world.delay(), `${this.name} is read`, () => {
      this.#isCalled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    // Two consumers at a time, as the platform may have many.
    if (this.#waiting.length === 0 || this.consumers.size >= MOST_CONSUMERS) return;
    const { random } = this.#world;
    const batch: Waiting<Body>[] = [];
    for (let left = random.whole(1, 12); left > 0 && this.#waiting.length > 0; left -= 1)
      batch.push(...this.#waiting.splice(random.whole(0, this.#waiting.length - 1), 1));
    const party: Party = { name: `consumer of ${this.name}`, alive: true, open: 0 };
    const retried = new Map<Waiting<Body>, number>();
    const messages = batch.map(
      (message): Delivered<Body> => ({
        id: message.id,
        timestamp: new Date(),
        attempts: message.attempts,
        body: message.body,
        ack: () => this.#ports.onAcknowledged(message.body),
        retry: (options) => retried.set(message, (options?.delaySeconds ?? 0) * 1_000),
      }),
    );
    const end = (failed: boolean) => {
      party.alive = false;
      this.consumers.delete(consumer);
      for (const message of batch) {
        const pause = failed ? 0 : retried.get(message);
        if (pause === undefined) this.#ports.onAcknowledged(message.body);
        else if (message.attempts > MOST_RETRIES) {
          this.dead += 1;
          this.#world.count(`given up by ${this.name}`);
        } else {
          message.attempts += 1;
          this.#put(message, pause);
        }
      }
      if (this.#waiting.length > 0) this.#call();
    };
    const consumer = { party, die: () => end(true) };
    this.consumers.add(consumer);
    this.#world.trace(`${this.name} delivers ${batch.map(({ id }) => id).join(" ")}`);
    this.#world.running
      .run(party, () => this.#ports.consume(messages))
      .then(
        () => party.alive && end(false),
        () => party.alive && end(true),
      );
    if (this.#waiting.length > 0) this.#call();
  }
}
