/** The module that the runtime loads: the product's bundle as it is, and what the self-hosted server has besides. */
import product from "./index.js";
import { collectNowAndThen } from "./parts/collect-garbage.ts";

export * from "./index.js";
export { QueueConsumer } from "./parts/queue-consumer.ts";

/** Bytes. The runtime closes a connection whose request was answered with more than this unread, and the answer may be lost. */
const UNREAD = 65_536;

function isSmall({ body, headers }: Request): boolean {
  return body === null || Number(headers.get("Content-Length") ?? Number.POSITIVE_INFINITY) <= UNREAD;
}

export default {
  ...product,
  /** Takes a large body whole before anybody answers: the front bounds size and number. */
  async fetch(request, env, ctx) {
    ctx.waitUntil(collectNowAndThen());
    if (isSmall(request)) return product.fetch(request, env, ctx);
    return product.fetch(new Request(request, { body: await request.arrayBuffer() }), env, ctx);
  },
} satisfies typeof product;
