/** What this system tells of itself. */
import type { Family } from "./exposition.ts";

export const families = [
  { name: "trento_edge_requests_total", kind: "counter", help: "HTTP requests by route and status" },
  { name: "trento_edge_request_duration_seconds", kind: "histogram", help: "Time to answer a request" },
  {
    name: "trento_edge_discoveries_total",
    kind: "counter",
    help: "Discoveries by type and what became of them",
  },
  { name: "trento_edge_commands_total", kind: "counter", help: "Commands by aggregate and outcome" },
  { name: "trento_edge_events_total", kind: "counter", help: "Events that reached a subscriber" },
  {
    name: "trento_edge_lag_seconds",
    kind: "histogram",
    help: "Time from an event to a subscriber's being done with it",
  },
  {
    name: "trento_edge_deferred_total",
    kind: "counter",
    help: "Streams that a subscriber could not apply at once, and tries again",
  },
  {
    name: "trento_edge_executions_total",
    kind: "counter",
    help: "Executions of checks that ended, by result",
  },
  { name: "trento_edge_webhook_attempts_total", kind: "counter", help: "Attempts to deliver a webhook" },
  { name: "trento_edge_mails_total", kind: "counter", help: "Attempts to send a mail" },
  {
    name: "trento_edge_agent_sockets_total",
    kind: "counter",
    help: "Sockets of agents that were opened and closed",
  },
  { name: "trento_edge_sockets", kind: "gauge", help: "Open sockets of clients and relays" },
  { name: "trento_edge_resources", kind: "gauge", help: "Registered resources by health" },
  {
    name: "trento_edge_open_discoveries",
    kind: "gauge",
    help: "Discoveries that are refused, parked while what they need is not there, or delayed while the server cannot apply them, by type",
  },
  { name: "trento_edge_executions", kind: "gauge", help: "Executions that are kept, by status" },
  {
    name: "trento_edge_webhook_deliveries_waiting",
    kind: "gauge",
    help: "Deliveries that wait for their endpoints",
  },
  {
    name: "trento_edge_queue_messages",
    kind: "gauge",
    help: "Messages that wait for a subscriber, and those that it could not take (dead)",
  },
  { name: "trento_edge_mails", kind: "gauge", help: "Mails that wait, or are parked" },
  { name: "trento_edge_relay_messages_waiting", kind: "gauge", help: "Messages that wait for a relay" },
  {
    name: "trento_edge_relay_broker_blocked",
    kind: "gauge",
    help: "1 while a relay's broker takes no messages, being short of memory or disk",
  },
] as const satisfies readonly Family[];
