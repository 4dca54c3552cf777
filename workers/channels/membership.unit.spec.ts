/** What is told of a host that joins and leaves clusters, whose streams know nothing of each other's order. */
import { describe, expect, it } from "vitest";
import { hostAdded, hostRemoved, statusChanged } from "../../domain/cluster/example-events.spec.ts";
import { cluster_id, host_a } from "../../domain/cluster/examples.spec.ts";
import type { ClusterEvent } from "../../domain/cluster/index.ts";
import type { HostView } from "../../domain/host/view.ts";
import { sayOfMember } from "./cluster-messages.ts";

const another = "c2261b5e-3a47-4b36-8bd5-4b0a1f1d2a10";
const hostIn = (cluster: string | null) => ({ id: host_a, cluster_id: cluster }) as HostView;

function told(event: ClusterEvent, host: HostView | null) {
  const metadata = { correlationId: "c", causationId: null, actor: "a" };
  const said = sayOfMember(
    { ...event, version: 1, id: "e", occurredAt: "2026-11-25T03:00:00.000Z", metadata },
    host,
  );
  return said?.payload ?? null;
}

const joined = { id: host_a, cluster_id, cluster_host_status: "online" };
const stopped = { ...joined, cluster_host_status: "offline" };
const left = { id: host_a, cluster_id: null, cluster_host_status: null };

describe("a host", () => {
  it.each<[string, ClusterEvent, HostView | null, object | null]>([
    ["joined", hostAdded(host_a), hostIn(cluster_id), joined],
    ["joined and has left since", hostAdded(host_a), hostIn(null), joined],
    ["joined and is not registered yet", hostAdded(host_a), null, joined],
    ["joined, and is in another since", hostAdded(host_a), hostIn(another), null],
    ["was stopped", statusChanged(host_a, "offline"), hostIn(cluster_id), stopped],
    ["was stopped, and is in another since", statusChanged(host_a, "offline"), hostIn(another), null],
    ["left", hostRemoved(host_a), hostIn(null), left],
    ["left and is gone", hostRemoved(host_a), null, left],
    ["left for another, which told first", hostRemoved(host_a), hostIn(another), null],
    ["left and came back since", hostRemoved(host_a), hostIn(cluster_id), null],
  ])("that %s", (_, event, host, expected) => {
    expect(told(event, host)).toEqual(expected);
  });
});
