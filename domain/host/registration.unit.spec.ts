/** Registration and change of a host: rules 2 and 3. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  commandTypes,
  description,
  everyCommand,
  fields,
  fqdn,
  host_id,
  hostDetailsUpdated,
  hostHealthChanged,
  hostRegistered,
  otherDescription,
  registerHost,
  updatesCleared,
  updatesHealthChanged,
  updatesRequested,
  withOther,
} from "./examples.spec.ts";
import { host } from "./index.ts";

describe("rule 2: an unknown host", () => {
  it("is registered, with a heartbeat that nobody has seen yet", () => {
    const { state } = given(host).when(registerHost()).then([hostRegistered()]);
    expect(state).toMatchObject({ host_id, description, heartbeat: "unknown", health: "unknown" });
  });

  it("has its software updates looked up when it has a fully qualified name", () => {
    given(host)
      .when(registerHost(otherDescription))
      .then([hostRegistered(otherDescription), updatesRequested(fqdn)]);
  });

  it("keeps nothing but the descriptive fields of the command", () => {
    const command = { type: "RegisterHost" as const, data: { host_id, ...description, added: "later" } };
    given(host).when(command).then([hostRegistered()]);
  });

  it.each(commandTypes.filter((type) => type !== "RegisterHost"))("refuses %s", (type) => {
    given(host).when(everyCommand[type]).thenRefused("host_not_registered");
  });
});

describe("rule 3: a known host that registers again", () => {
  it("has 14 descriptive fields", () => {
    expect(fields).toHaveLength(14);
    expect(Object.keys(otherDescription)).toEqual(fields);
  });

  it("tells nothing when it is identical in all of them", () => {
    given(host, [hostRegistered()])
      .when(registerHost(structuredClone(description)))
      .thenNothing();
  });

  it("does not mind the order in which the exporters are named", () => {
    const exporters = (targets: Record<string, string>) => ({ ...description, prometheus_targets: targets });
    given(host, [hostRegistered(exporters({ a: "1:1", b: "2:2" }))])
      .when(registerHost(exporters({ b: "2:2", a: "1:1" })))
      .thenNothing();
  });

  it.each(fields.filter((field) => field !== "fully_qualified_domain_name"))(
    "is updated when its %s differs",
    (field) => {
      const { state } = given(host, [hostRegistered()])
        .when(registerHost(withOther(field)))
        .then([hostDetailsUpdated(withOther(field))]);
      expect(state.description).toEqual(withOther(field));
    },
  );

  it.each([
    ["prometheus_targets", { prometheus_targets: null }],
    [
      "prometheus_targets with one more exporter",
      { prometheus_targets: { node_exporter: "10.1.1.4:9100", b: "2:2" } },
    ],
    ["systemd_units", { systemd_units: [] }],
    ["ip_addresses", { ip_addresses: ["10.1.1.4/16"] }],
    ["last_boot_timestamp", { last_boot_timestamp: null }],
  ])("is updated when its %s differs in what is nested, or is no longer known", (_, change) => {
    const changed = { ...description, ...change };
    given(host, [hostRegistered()])
      .when(registerHost(changed))
      .then([hostDetailsUpdated(changed)]);
  });

  it("keeps its heartbeat, provider and health", () => {
    const before = given(host, [
      hostRegistered(),
      { type: "HeartbeatSucceeded", data: { host_id } },
      { type: "ProviderUpdated", data: { host_id, provider: "kvm", provider_data: null } },
    ]);
    const { state } = before.when(registerHost(withOther("hostname")));
    expect({ ...state, description }).toEqual(before.state);
  });
});

describe("rule 3: the fully qualified name of a known host", () => {
  const named = (name: string | null) => ({ ...description, fully_qualified_domain_name: name });

  it.each([null, "a.example.com"])("%s, and still %s: nothing", (name) => {
    given(host, [hostRegistered(named(name))])
      .when(registerHost(named(name)))
      .thenNothing();
  });

  it.each([null, "a.example.com"])(
    "%s, and still so, while something else changed: only the details",
    (name) => {
      const rebooted = { ...named(name), last_boot_timestamp: null };
      given(host, [hostRegistered(named(name))])
        .when(registerHost(rebooted))
        .then([hostDetailsUpdated(rebooted)]);
    },
  );

  it("is lost: what was found by it is cleared", () => {
    given(host, [hostRegistered(named("a.example.com"))])
      .when(registerHost(named(null)))
      .then([hostDetailsUpdated(named(null)), updatesCleared]);
  });

  it.each([
    [null, "a.example.com"],
    ["a.example.com", "b.example.com"],
  ])("was %s and is %s: updates are looked up by the new one", (before, after) => {
    given(host, [hostRegistered(named(before))])
      .when(registerHost(named(after)))
      .then([hostDetailsUpdated(named(after)), updatesRequested(after)]);
  });

  it("is lost: the host's health follows when the updates were part of it (our addition)", () => {
    const { state } = given(host, [
      hostRegistered(named(fqdn)),
      updatesHealthChanged("critical"),
      hostHealthChanged("critical"),
    ])
      .when(registerHost(named(null)))
      .then([hostDetailsUpdated(named(null)), updatesCleared, hostHealthChanged("unknown")]);
    expect(state.health_details.software_updates_discovery_health).toBe("not_set");
  });

  it("changes: what the old one told stays until the new one was looked up", () => {
    const { state } = given(host, [
      hostRegistered(named("a.example.com")),
      updatesHealthChanged("critical"),
      hostHealthChanged("critical"),
    ])
      .when(registerHost(named("b.example.com")))
      .then([hostDetailsUpdated(named("b.example.com")), updatesRequested("b.example.com")]);
    expect(state.health).toBe("critical");
  });
});
