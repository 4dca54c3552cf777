/** Addresses of a host: IPv4 without loopback, each with its mask where one was sent. */
import { describe, expect, it } from "vitest";
import {
  agentId,
  commandData,
  complaints,
  droppedFrom,
  hostPayload,
  invalid,
  noMemory,
} from "./examples.spec.ts";
import { hostPolicy } from "./host-discovery.ts";

function addresses(ip_addresses: unknown, netmasks?: unknown): readonly string[] {
  return commandData("RegisterHost", hostPolicy, { ...hostPayload, ip_addresses, netmasks }).ip_addresses;
}

describe("addresses", () => {
  it.each(["10.1.1.4", "0.0.0.0", "255.255.255.255", "127.0.0.2", "169.254.0.1", "192.168.199.1"])(
    "%s is kept",
    (address) => {
      expect(addresses([address])).toEqual([address]);
    },
  );

  it.each([
    "127.0.0.1",
    "::1",
    "fe80::1",
    "::ffff:10.1.1.4",
    "10.1.1",
    "10.1.1.4.5",
    "10.1.1.4.",
    ".10.1.1.4",
    "10..1.4",
    "10.1.1.256",
    "10.1.1.-4",
    "010.1.1.4",
    "10.1.1.4/16",
    " 10.1.1.4",
    "10.1.1.4\n",
    "0x0a.1.1.4",
    "10,1,1,4",
    "localhost",
  ])("%j is left out", (address) => {
    expect(addresses(["10.9.9.9", address])).toEqual(["10.9.9.9"]);
  });

  it("may be none", () => {
    expect(addresses([])).toEqual([]);
    expect(addresses(["::1"], [128])).toEqual([]);
  });

  it("are in the order in which they were sent, each as often", () => {
    expect(addresses(["10.0.0.2", "10.0.0.1", "10.0.0.2"])).toEqual(["10.0.0.2", "10.0.0.1", "10.0.0.2"]);
  });

  it("are read without those that are empty, and keep their masks", () => {
    expect(addresses(["10.1.1.4", null, "", "10.1.1.5"], [8, 9, 10, 24])).toEqual([
      "10.1.1.4/8",
      "10.1.1.5/24",
    ]);
  });

  it("say which of them is no text", () => {
    expect(complaints(hostPolicy, { ...hostPayload, ip_addresses: ["10.1.1.4", 5] })).toEqual({
      "/ip_addresses/1": invalid,
    });
  });
});

describe("netmasks", () => {
  it("go with the address at their place, also past one that is left out", () => {
    expect(addresses(["127.0.0.1", "10.1.1.4", "fe80::1", "10.1.1.5"], [8, 16, 64, 24])).toEqual([
      "10.1.1.4/16",
      "10.1.1.5/24",
    ]);
  });

  it("may be text", () => {
    expect(addresses(["10.1.1.4", "10.1.1.5"], ["16", 24])).toEqual(["10.1.1.4/16", "10.1.1.5/24"]);
  });

  it.each([[undefined], [null], [[]]])("may be missing: %j", (netmasks) => {
    expect(addresses(["10.1.1.4"], netmasks)).toEqual(["10.1.1.4"]);
  });

  it("may be fewer than the addresses: the others have none", () => {
    expect(addresses(["10.1.1.4", "10.1.1.5"], [16])).toEqual(["10.1.1.4/16", "10.1.1.5"]);
  });

  it("may be missing for one address", () => {
    expect(addresses(["10.1.1.4", "10.1.1.5"], [null, 24])).toEqual(["10.1.1.4", "10.1.1.5/24"]);
  });

  it("may be more than the addresses", () => {
    expect(addresses(["10.1.1.4"], [16, 24])).toEqual(["10.1.1.4/16"]);
  });

  it("of 0 is a mask", () => {
    expect(addresses(["10.1.1.4"], [0])).toEqual(["10.1.1.4/0"]);
  });

  it("that are no numbers are none", () => {
    expect(addresses(["10.1.1.4", "10.1.1.5"], ["x", 24])).toEqual(["10.1.1.4", "10.1.1.5/24"]);
    expect(droppedFrom(hostPolicy, { ...hostPayload, netmasks: ["x", -1, 1.5, true] })).toEqual({
      "/netmasks/0": invalid,
      "/netmasks/1": invalid,
      "/netmasks/2": invalid,
      "/netmasks/3": invalid,
    });
  });
});

it("of IPv6 are told beside the command, of those hosts that have any", () => {
  const answer = (...ip_addresses: string[]) =>
    hostPolicy(agentId, { ...hostPayload, ip_addresses, netmasks: [] }, noMemory);
  expect(answer("10.1.1.4", "2001:db8::0:4")).toMatchObject({
    ok: true,
    addresses: ["2001:db8:0:0:0:0:0:4"],
  });
  expect(answer("10.1.1.4")).not.toHaveProperty("addresses");
});
