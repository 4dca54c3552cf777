/** Exchanges and queues, as Wanda and the web would declare them. */
import type { Channel, ChannelModel } from "amqplib";

export interface Route {
  readonly exchange: string;
  readonly key: string;
}

export const requests: Route = { exchange: "trento.checks", key: "executions" };
export const agentsOfChecks: Route = { exchange: "trento.checks", key: "agents" };
export const results: Route = { exchange: "trento.checks", key: "results" };
export const customizations: Route = { exchange: "trento.catalog", key: "customizations" };
export const agentsOfDiscoveries: Route = { exchange: "trento.discoveries", key: "agents" };

/** What agents answer, and others ask for, waits here. */
export const REQUESTS_QUEUE = "trento.checks.executions";
const DEAD_LETTERS = `${requests.exchange}.deadletter`;
const ERRORS_QUEUE = `${REQUESTS_QUEUE}_error`;
const topic = (channel: Channel, name: string) => channel.assertExchange(name, "topic", { durable: true });

/** Whether there is one of this name; looking for one that is not closes the channel, so it has its own. */
async function isThere(model: ChannelModel, queue: string): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on("error", () => {});
  try {
    await channel.checkQueue(queue);
    await channel.close();
    return true;
  } catch {
    return false;
  }
}

/** A queue that is there already, as Wanda's own, is used as it is: its arguments are its owner's affair. */
export async function declareTopology(model: ChannelModel, channel: Channel): Promise<void> {
  for (const { exchange } of [requests, customizations, agentsOfDiscoveries]) await topic(channel, exchange);
  if (!(await isThere(model, REQUESTS_QUEUE))) {
    await topic(channel, DEAD_LETTERS);
    await channel.assertQueue(ERRORS_QUEUE, { durable: true });
    await channel.bindQueue(ERRORS_QUEUE, DEAD_LETTERS, "#");
    await channel.assertQueue(REQUESTS_QUEUE, { durable: true, deadLetterExchange: DEAD_LETTERS });
  }
  await channel.bindQueue(REQUESTS_QUEUE, requests.exchange, requests.key);
}
