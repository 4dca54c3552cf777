/** `sapcontrol` lists all instances of a system: which of them is meant. */
import { describe, expect, it } from "vitest";
import { complaints } from "../examples.spec.ts";
import { type Changes, controlled, database, databasesOf, instance } from "./examples.spec.ts";
import { sapSystemPolicy } from "./index.ts";

const listing = (listed: readonly unknown[], number = "10", hostname = "me") =>
  database({ Instances: [instance({ number, hostname, control: { Instances: listed } })] });
const featuresOf = (...args: Parameters<typeof listing>) =>
  databasesOf(listing(...args)).map(({ features }) => features);
const none = { "/0/Instances/0/SAPControl/Instances": "has no current instance" };

describe("the current instance", () => {
  const others = ["a", "b"].map((features) => controlled({ features, currentInstance: false }));

  it.each([0, 1, 2])("is the one that is said to be, at place %d", (place) => {
    const listed = others.toSpliced(place, 0, controlled({ features: "mine", httpPort: 1, httpsPort: 2 }));
    expect(featuresOf(listed)).toEqual(["mine"]);
    expect(databasesOf(listing(listed))).toMatchObject([{ http_port: 1, https_port: 2 }]);
  });

  it("is taken at its word: neither host nor number must be its own", () => {
    const alike = controlled({ features: "a", hostname: "me", instanceNr: 10, currentInstance: false });
    const mine = controlled({ features: "mine", hostname: "other", instanceNr: 99 });
    expect(featuresOf([alike, mine])).toEqual(["mine"]);
  });

  it("must be among those that are listed", () => {
    expect(complaints(sapSystemPolicy, [listing(others)])).toEqual(none);
    expect(complaints(sapSystemPolicy, [listing([])])).toEqual(none);
  });
});

describe("the current instance of an old agent, which does not tell it", () => {
  const old = (changes: Changes) => {
    const { currentInstance: _, ...listed } = controlled(changes);
    return listed;
  };
  const mine = old({ features: "mine", hostname: "me", instanceNr: 10 });

  it("has its host and its number", () => {
    const sameHost = old({ features: "a", hostname: "me", instanceNr: 11 });
    const sameNumber = old({ features: "b", hostname: "you", instanceNr: 10 });
    expect(featuresOf([sameHost, sameNumber, mine])).toEqual(["mine"]);
  });

  it("has its number as a number: 2 is 02", () => {
    expect(featuresOf([old({ features: "mine", hostname: "me", instanceNr: 2 })], "02")).toEqual(["mine"]);
    expect(featuresOf([old({ features: "mine", hostname: "me", instanceNr: "02" })], "02")).toEqual(["mine"]);
  });

  it("is looked for where null is told as well", () => {
    expect(featuresOf([{ ...mine, currentInstance: null }])).toEqual(["mine"]);
  });

  it.each([
    ["another host", { hostname: "you", instanceNr: 10 }],
    ["another number", { hostname: "me", instanceNr: 11 }],
    ["the host in other letters", { hostname: "ME", instanceNr: 10 }],
  ])("is none of %s", (_, changes) => {
    expect(complaints(sapSystemPolicy, [listing([old(changes)])])).toEqual(none);
  });

  it("is none where its number is no number", () => {
    expect(complaints(sapSystemPolicy, [listing([mine], "X0")])).toEqual(none);
  });
});
