/** Counts what reaches a subscriber, and how late. */
import { count, observe } from "../../durable-objects/metrics/tally.ts";
import type { SubscriptionPorts } from "./consume.ts";

export function observed(subscriber: string, ports: SubscriptionPorts): SubscriptionPorts {
  return {
    ...ports,
    apply: async (progress) => {
      await ports.apply(progress);
      const now = Date.now();
      for (const { previous, reached, events } of progress) {
        if (reached <= previous) continue;
        for (const { type, occurredAt } of events) {
          count("trento_edge_events_total", { subscriber, type });
          observe(
            "trento_edge_lag_seconds",
            { subscriber },
            Math.max(0, now - Date.parse(occurredAt)) / 1_000,
          );
        }
      }
    },
    deferred: () => count("trento_edge_deferred_total", { subscriber }),
  };
}
