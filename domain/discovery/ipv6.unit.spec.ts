/** IPv6 addresses in one spelling. */
import { describe, expect, it } from "vitest";
import { ipv6Of } from "./ipv6.ts";

describe("an IPv6 address", () => {
  it.each([
    ["2001:db8:16::10", "2001:db8:16:0:0:0:0:10"],
    ["2001:DB8:0016:0000:0:0:0:0010", "2001:db8:16:0:0:0:0:10"],
    ["2001:db8::", "2001:db8:0:0:0:0:0:0"],
    ["fd00::a", "fd00:0:0:0:0:0:0:a"],
  ])("%s is %s", (address, spelling) => {
    expect(ipv6Of(address)).toBe(spelling);
  });

  it.each([
    ...[
      "10.1.1.4",
      "",
      "db01",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1::2::3",
      "1:2:3:4:5:6:7::8",
      "12345::",
      "g::1",
    ],
    ...["::1", "::", "fe80::1", "FE80::1", "::ffff:10.1.1.4"],
  ])("%j is none that others could know", (address) => {
    expect(ipv6Of(address)).toBeNull();
  });
});
