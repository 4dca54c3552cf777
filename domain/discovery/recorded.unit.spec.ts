/** What real agents sent ends in what it must; skipped, and said so, where the recordings are not at hand. */
import { describe, expect, it } from "vitest";
import { type HostCommand, type HostState, host } from "../host/index.ts";
import { SLES_SAP_IDENTIFIER } from "../host/subscription.ts";
import { MAX_DEPTH, nestsDeeperThan } from "../json.ts";
import type { Envelope } from "./envelope.ts";
import { blank, commandData, complaints, invalid, noMemory } from "./examples.spec.ts";
import { policies } from "./index.ts";
import type { DiscoveredCommand, PolicyResult } from "./policy.ts";
import { recorded, recordedIn, recordingsPresent } from "./recordings.spec.ts";

const payloadOf = (name: string): unknown => recorded(`discovery/${name}`).payload;

function apply({ agent_id, discovery_type, payload }: Envelope, sapRunning = false): PolicyResult {
  return policies[discovery_type](agent_id, payload, { ...noMemory, sapRunning });
}

describe.skipIf(!recordingsPresent)("recorded discoveries", () => {
  it("nest nowhere near the limit", () => {
    for (const path of recordedIn("discovery")) {
      expect(nestsDeeperThan(recorded(path), MAX_DEPTH / 2)).toBe(false);
    }
  });

  it("are valid, but for the two that were made not to be", () => {
    const refused = recordedIn("discovery").filter((path) => !apply(recorded(path)).ok);
    expect(refused).toEqual([
      "discovery/host_discovery_with_prometheus_mode_invalid",
      "discovery/saptune_discovery_empty_result",
    ]);
  });
});

describe.skipIf(!recordingsPresent)("recorded host discoveries", () => {
  const registered = (name: string) =>
    commandData("RegisterHost", policies.host_discovery, payloadOf(`host_discovery${name}`));

  it("the plain one", () => {
    expect(recorded("discovery/host_discovery").agent_id).toBe("779cdd70-e9e2-58ca-b18a-bf3eb3f71244");
    expect(registered("")).toMatchObject({
      hostname: "suse",
      ip_addresses: ["10.1.1.4/16", "10.1.1.5/24", "10.1.1.6/32"],
      arch: "x86_64",
      agent_version: "0.1.0",
      installation_source: "unknown",
      prometheus_mode: "pull",
      systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
      last_boot_timestamp: null,
    });
  });

  it("the others", () => {
    expect(registered("_without_arch").arch).toBe("unknown");
    expect(registered("_with_installation_source").installation_source).toBe("community");
    expect(registered("_with_last_boot_timestamp").last_boot_timestamp).toBe("2024-06-10T12:34:56.000Z");
    expect(registered("_with_prometheus_mode_pull").prometheus_mode).toBe("pull");
    expect(registered("_with_prometheus_mode_push").prometheus_mode).toBe("push");
    const payload = payloadOf("host_discovery_with_prometheus_mode_invalid");
    expect(complaints(policies.host_discovery, payload)).toEqual({ "/prometheus_mode": invalid });
  });
});

describe.skipIf(!recordingsPresent)("recorded cloud discoveries", () => {
  it.each([
    ["azure", { vm_name: "vmhdbdev01", data_disk_number: 7, location: "westeurope" }],
    ["aws", { data_disk_number: 1, region: "eu-west-1" }],
    ["gcp", { disk_number: 4, instance_name: "vmhana01" }],
    ["kvm", null],
    ["unknown", null],
  ])("%s", (provider, provider_data) => {
    const payload = payloadOf(`cloud_discovery_${provider}`);
    const data = commandData("UpdateProvider", policies.cloud_discovery, payload);
    expect(data).toMatchObject({ provider, provider_data });
  });
});

describe.skipIf(!recordingsPresent)("recorded subscriptions", () => {
  it("are 7, one of SLES for SAP", () => {
    const result = apply(recorded("discovery/subscriptions_discovery"));
    const [command] = result.ok ? result.commands : [];
    if (command?.type !== "UpdateSlesSubscriptions") throw new Error("not the command of subscriptions");
    const { host_id, subscriptions } = command.data;
    expect(host_id).toBe("0fc07435-7ee2-54ca-b0de-fb27ffdc5deb");
    expect(subscriptions).toHaveLength(7);
    expect(subscriptions.filter(({ identifier }) => identifier === SLES_SAP_IDENTIFIER)).toHaveLength(1);
  });
});

describe.skipIf(!recordingsPresent)("recorded saptune discoveries", () => {
  const statusOf = (name: string) =>
    commandData("UpdateSaptuneStatus", policies.saptune_discovery, payloadOf(name)).status;

  it("the one that is not compliant", () => {
    const status = statusOf("saptune_discovery");
    expect(status).toMatchObject({ tuning_state: "not compliant", package_version: "3.1.0" });
    expect(status?.enabled_notes).toHaveLength(6);
    expect(status?.applied_solution).toMatchObject({ id: "NETWEAVER", partial: false });
    const additional = status?.enabled_notes.filter(({ additionally_enabled }) => additionally_enabled);
    expect(additional?.map(({ id }) => id)).toEqual(["941735", "1771258"]);
  });

  it("the one that is not configured", () => {
    const nothing = { enabled_notes: [], applied_notes: [], enabled_solution: null, applied_solution: null };
    expect(statusOf("saptune_discovery_not_configured")).toMatchObject({
      tuning_state: "not tuned",
      ...nothing,
    });
  });

  it("the one without a result", () => {
    const payload = payloadOf("saptune_discovery_empty_result");
    expect(complaints(policies.saptune_discovery, payload)).toEqual({ "/status/result": blank });
  });
});

function isOfHost(command: DiscoveredCommand): command is HostCommand {
  const types = ["RegisterHost", "UpdateProvider", "UpdateSlesSubscriptions", "UpdateSaptuneStatus"];
  return types.includes(command.type);
}

const aboutHosts = ["host_discovery", "cloud_discovery", "subscription_discovery", "saptune_discovery"];

describe.skipIf(!recordingsPresent)("the recorded landscape of 27 hosts", () => {
  const envelopes = recordedIn("scenarios/healthy-27-node-SAP-cluster")
    .map(recorded)
    .filter(({ discovery_type }) => aboutHosts.includes(discovery_type));
  const withSap = new Set(
    recordedIn("scenarios/healthy-27-node-SAP-cluster", (name) => name.endsWith("sap_system_discovery"))
      .map(recorded)
      .filter((envelope) => {
        const result = apply(envelope);
        return result.ok && result.commands.length > 0;
      })
      .map(({ agent_id }) => agent_id),
  );

  function tell(state: HostState, envelope: Envelope): HostState {
    const result = apply(envelope, withSap.has(envelope.agent_id));
    if (!result.ok) throw new Error(`${envelope.discovery_type} is invalid`);
    return result.commands.reduce((current, command) => {
      if (!isOfHost(command)) throw new Error(`${command.type} is not of a host`);
      const decision = host.decide(command, current);
      if (!decision.ok) throw new Error(decision.error);
      return decision.events.reduce(host.evolve, current);
    }, state);
  }

  const hosts = new Map<string, HostState>();
  const registrationFirst = [...envelopes].sort(
    (one, other) =>
      Number(other.discovery_type === "host_discovery") - Number(one.discovery_type === "host_discovery"),
  );
  for (const envelope of registrationFirst) {
    hosts.set(envelope.agent_id, tell(hosts.get(envelope.agent_id) ?? host.initialState(), envelope));
  }

  it("ends in the health that it must", () => {
    const count = (health: string) => [...hosts.values()].filter((state) => state.health === health).length;
    expect(hosts.size).toBe(27);
    expect([count("passing"), count("warning"), count("critical"), count("unknown")]).toEqual([11, 12, 4, 0]);
  });

  it("has 27 subscriptions of SLES for SAP", () => {
    const identifiers = [...hosts.values()].flatMap(({ subscriptions }) =>
      subscriptions.map(({ identifier }) => identifier),
    );
    expect(identifiers.filter((identifier) => identifier === SLES_SAP_IDENTIFIER)).toHaveLength(27);
  });

  it("has vmhdbprd01 as it must be", () => {
    expect(hosts.get("9cd46919-5f19-59aa-993e-cf3736c71053")).toMatchObject({
      health: "passing",
      description: {
        hostname: "vmhdbprd01",
        ip_addresses: ["10.80.1.11/24", "10.80.1.13/24"],
        os_version: "15-SP3",
      },
      provider: "azure",
      provider_data: { vm_size: "Standard_E4s_v3", location: "westeurope", data_disk_number: 7, sku: "gen2" },
      saptune_status: { package_version: "3.1.0", tuning_state: "compliant" },
    });
  });

  it("is told once: the same discoveries again change nothing", () => {
    for (const envelope of envelopes) {
      const state = hosts.get(envelope.agent_id) ?? host.initialState();
      expect(tell(state, envelope)).toBe(state);
    }
  });
});
