/** From where a request comes: the Worker asks for it as the platform tells it. */
import type { IncomingMessage } from "node:http";

/** The platform's header. What a client sends in it is not believed. */
export const CLIENT_ADDRESS = "cf-connecting-ip";

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Of a connection from this machine, which a proxy's is, it is what the proxy adds to `X-Forwarded-For`, at its end. From elsewhere
 * that header is anybody's word.
 */
export function clientAddress({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): string {
  const peer = socket.remoteAddress ?? "";
  if (!LOOPBACK.test(peer)) return peer;
  const forwarded =
    String(headers["x-forwarded-for"] ?? "")
      .split(",")
      .at(-1)
      ?.trim() ?? "";
  return /^[\da-fA-F.:]{2,45}$/.test(forwarded) ? forwarded : peer;
}
