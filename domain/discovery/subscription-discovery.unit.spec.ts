/** `subscription_discovery` → UpdateSlesSubscriptions. */
import { describe, expect, it } from "vitest";
import { agentId, blank, commandData, complaints, droppedFrom, invalid } from "./examples.spec.ts";
import { subscriptionPolicy } from "./subscription-discovery.ts";

const subscribed = (payload: unknown) =>
  commandData("UpdateSlesSubscriptions", subscriptionPolicy, payload).subscriptions;

const required = { identifier: "SLES_SAP", version: "15.3", arch: "x86_64", status: "Registered" };
const optional = {
  subscription_status: "ACTIVE",
  type: "internal",
  starts_at: "2021-10-18 06:23:46 UTC",
  expires_at: "2026-10-18 06:23:46 UTC",
};
const unsaid = { subscription_status: null, type: null, starts_at: null, expires_at: null };

describe("subscriptions", () => {
  it("are those of the agent's host, with dates as they are printed", () => {
    expect(subscribed([{ ...required, ...optional }])).toEqual([
      { host_id: agentId, ...required, ...optional },
    ]);
  });

  it("may tell no more than what they are", () => {
    expect(subscribed([required])).toEqual([{ host_id: agentId, ...required, ...unsaid }]);
    expect(subscribed([{ ...required, ...unsaid }])).toEqual([{ host_id: agentId, ...required, ...unsaid }]);
  });

  it("may be none", () => {
    expect(subscribed([])).toEqual([]);
  });

  it("keep their order", () => {
    const identifiers = ["SLES_SAP", "sle-module-basesystem", "a"];
    const payload = identifiers.map((identifier) => ({ ...required, identifier }));
    expect(subscribed(payload).map(({ identifier }) => identifier)).toEqual(identifiers);
  });

  it("cannot belong to another host", () => {
    expect(subscribed([{ ...required, host_id: "another" }])[0]?.host_id).toBe(agentId);
  });

  it.each(Object.keys(required))("must tell their %s", (field) => {
    for (const nothing of [undefined, null, "", " "]) {
      expect(complaints(subscriptionPolicy, [required, { ...required, [field]: nothing }])).toEqual({
        [`/1/${field}`]: blank,
      });
    }
  });

  it.each(Object.keys(optional))("are read without a %s that is no text", (field) => {
    expect(droppedFrom(subscriptionPolicy, [{ ...required, [field]: 20211018 }])).toEqual({
      [`/0/${field}`]: invalid,
    });
  });

  it("are invalid altogether when one is no subscription", () => {
    expect(complaints(subscriptionPolicy, [required, null, "SLES_SAP", []])).toEqual({
      "/1": blank,
      "/2": invalid,
      "/3": invalid,
    });
  });

  it.each([
    [null, blank],
    [{}, invalid],
    [required, invalid],
    ["", invalid],
    [0, invalid],
  ])("%j is no list of them: %s", (payload, message) => {
    expect(complaints(subscriptionPolicy, payload)).toEqual({ "": message });
  });
});
