/** What is reported about a host: heartbeat (rule 5), provider and subscriptions (rule 6), checks (rule 8). */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  azureData,
  checksHealthChanged,
  everyCommand,
  healths,
  host_id,
  hostHealthChanged,
  hostRegistered,
  saptuneHealthChanged,
  subscription,
} from "./examples.spec.ts";
import { type HostCommand, type HostEvent, host } from "./index.ts";
import type { ProviderData } from "./provider.ts";
import type { SlesSubscription } from "./subscription.ts";

const heartbeat = (value: "passing" | "critical"): HostCommand => ({
  type: "UpdateHeartbeat",
  data: { host_id, heartbeat: value },
});
const succeeded: HostEvent = { type: "HeartbeatSucceeded", data: { host_id } };
const failed: HostEvent = { type: "HeartbeatFailed", data: { host_id } };

describe("rule 5: the heartbeat", () => {
  it.each([
    ["first, passing", [], "passing", [succeeded]],
    ["first, critical", [], "critical", [failed]],
    ["passing, still passing", [succeeded], "passing", []],
    ["critical, still critical", [failed], "critical", []],
    ["lost", [succeeded], "critical", [failed]],
    ["back", [succeeded, failed], "passing", [succeeded]],
  ] as const)("%s", (_, before, now, events) => {
    const { state } = given(host, [hostRegistered(), ...before])
      .when(heartbeat(now))
      .then(events);
    expect(state.heartbeat).toBe(now);
  });

  it.each(["passing", "critical"] as const)("%s has no say in the host's health", (now) => {
    const before = given(host, [
      hostRegistered(),
      checksHealthChanged("warning"),
      hostHealthChanged("warning"),
    ]);
    expect(before.when(heartbeat(now)).state.health).toBe("warning");
  });
});

describe("rule 6: the provider", () => {
  const update = (provider: "azure" | "aws" | "unknown", provider_data: ProviderData): HostCommand => ({
    type: "UpdateProvider",
    data: { host_id, provider, provider_data },
  });
  const updated = (provider: "azure" | "aws" | "unknown", provider_data: ProviderData): HostEvent => ({
    type: "ProviderUpdated",
    data: { host_id, provider, provider_data },
  });
  const onAzure = [hostRegistered(), updated("azure", azureData)];

  it("is told when it is first known", () => {
    const { state } = given(host, [hostRegistered()])
      .when(update("azure", azureData))
      .then([updated("azure", azureData)]);
    expect(state).toMatchObject({ provider: "azure", provider_data: azureData });
  });

  it("is not told again", () => {
    given(host, onAzure)
      .when(update("azure", structuredClone(azureData)))
      .thenNothing();
  });

  it("is told when only its data changed", () => {
    const grown = azureData && { ...azureData, data_disk_number: 8 };
    given(host, onAzure)
      .when(update("azure", grown))
      .then([updated("azure", grown)]);
  });

  it("is told when its data is no longer known", () => {
    given(host, onAzure)
      .when(update("azure", null))
      .then([updated("azure", null)]);
  });

  it("is told when only its name changed", () => {
    given(host, [hostRegistered(), updated("azure", null)])
      .when(update("aws", null))
      .then([updated("aws", null)]);
  });

  it("is unknown from the start, so that unknown is no news", () => {
    given(host, [hostRegistered()]).when(update("unknown", null)).thenNothing();
  });
});

describe("rule 6: the subscriptions", () => {
  const update = (subscriptions: SlesSubscription[]): HostCommand => ({
    type: "UpdateSlesSubscriptions",
    data: { host_id, subscriptions },
  });
  const updated = (subscriptions: SlesSubscription[]): HostEvent => ({
    type: "SlesSubscriptionsUpdated",
    data: { host_id, subscriptions },
  });
  const subscribed = [hostRegistered(), updated([subscription])];
  const expired: SlesSubscription = { ...subscription, subscription_status: "EXPIRED" };

  it("are told when they are first known", () => {
    const { state } = given(host, [hostRegistered()])
      .when(update([subscription]))
      .then([updated([subscription])]);
    expect(state.subscriptions).toEqual([subscription]);
  });

  it("are not told again", () => {
    given(host, subscribed)
      .when(update([structuredClone(subscription)]))
      .thenNothing();
  });

  it("are none from the start, so that none is no news", () => {
    given(host, [hostRegistered()]).when(update([])).thenNothing();
  });

  it.each([
    ["one changed", [expired]],
    ["one came", [subscription, expired]],
    ["all went", []],
  ])("are told when %s", (_, now) => {
    given(host, subscribed)
      .when(update(now))
      .then([updated(now)]);
  });
});

describe("rule 8: the selection of checks", () => {
  const select = (checks: string[]): HostCommand => ({ type: "SelectHostChecks", data: { host_id, checks } });
  const selected = (checks: string[]): HostEvent => ({
    type: "HostChecksSelected",
    data: { host_id, checks },
  });

  it.each([
    ["a first one", [], ["A"]],
    ["another one", ["A"], ["B"]],
    ["the same one", ["A"], ["A"]],
    ["an empty one", ["A"], []],
    ["an empty one, again", [], []],
  ])("is always told: %s", (_, before, now) => {
    const { state } = given(host, [hostRegistered(), selected(before)])
      .when(select(now))
      .then([selected(now)]);
    expect(state.selected_checks).toEqual(now);
  });
});

describe("rule 8: the result of checks", () => {
  const complete = (health: (typeof healths)[number]): HostCommand => ({
    type: "CompleteHostChecksExecution",
    data: { host_id, health },
  });

  it.each(healths.filter((health) => health !== "unknown"))(
    "%s is told, then the host's health",
    (health) => {
      given(host, [hostRegistered()])
        .when(complete(health))
        .then([checksHealthChanged(health), hostHealthChanged(health)]);
    },
  );

  it.each(healths)("%s is not told again", (health) => {
    const { state } = given(host, [hostRegistered()]).when(complete(health));
    expect(host.decide(complete(health), state)).toEqual({ ok: true, events: [] });
  });

  it("is told alone when another part of the health is worse", () => {
    given(host, [
      hostRegistered(),
      checksHealthChanged("passing"),
      saptuneHealthChanged("critical"),
      hostHealthChanged("critical"),
    ])
      .when(everyCommand.CompleteHostChecksExecution)
      .then([checksHealthChanged("warning")]);
  });
});
