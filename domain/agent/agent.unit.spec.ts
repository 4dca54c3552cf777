/** What is noted of an agent's discoveries: news, and nothing else. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { isNews, pauseAfter } from "./delay.ts";
import { type AgentCommand, type AgentEvent, agent } from "./index.ts";
import { because, type Obstacle, refusedFor } from "./open-discovery.ts";

const host_id = "779cdd70-e9e2-58ca-b18a-bf3eb3f71244";
const [then, later] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:10:00.000Z"];
const ofCluster = { host_id, discovery_type: "ha_cluster_discovery" } as const;
const ofSystems = { host_id, discovery_type: "sap_system_discovery" } as const;
const noFencing = refusedFor([{ path: ["SBD"], message: "tells of no fencing" }]);
const noVersion = refusedFor([{ path: ["Crmmon", "a/b"], message: "can't be blank" }]);
const unreachable = because("delayed", ["Error: Network connection lost."]);
const noDatabase = because("parked", ["a database with tenant PRD at 10.0.0.1"]);

const note = (
  of: typeof ofCluster | typeof ofSystems,
  obstacle: Obstacle,
  noted_at = then,
): AgentCommand => ({
  type: "NoteObstacle",
  data: { ...of, ...obstacle, noted_at, hostname: null },
});
const refused = (issues = noFencing.issues, since = then): AgentEvent => ({
  type: "DiscoveryRefused",
  data: { ...ofCluster, issues, since },
});
const parked: AgentEvent = {
  type: "DiscoveryParked",
  data: { ...ofSystems, issues: noDatabase.issues, since: then },
};
const delayed = (since = then, issues = unreachable.issues): AgentEvent => ({
  type: "DiscoveryDelayed",
  data: { ...ofCluster, issues, since },
});
const applied: AgentCommand = { type: "NoteApplied", data: ofCluster };
const forget: AgentCommand = { type: "ForgetDiscoveries", data: { host_id } };

describe("a discovery that is refused", () => {
  it("is told of with the field, and since when", () => {
    given(agent).when(note(ofCluster, noFencing)).then([refused()]);
    expect(noFencing.issues).toEqual([{ field: "/payload/SBD", message: "tells of no fencing" }]);
    expect(noVersion.issues).toEqual([{ field: "/payload/Crmmon/a~1b", message: "can't be blank" }]);
  });

  it("is told of once, however often it comes", () => {
    given(agent, [refused()])
      .when(note(ofCluster, noFencing, later))
      .thenNothing();
  });

  it("for another reason is told of anew, and not in force since then", () => {
    given(agent, [refused()])
      .when(note(ofCluster, noVersion, later))
      .then([refused(noVersion.issues)]);
  });

  it("and then parked is told of anew, and not in force since then", () => {
    given(agent, [refused()])
      .when(note(ofCluster, noDatabase, later))
      .then([{ type: "DiscoveryParked", data: { ...ofCluster, issues: noDatabase.issues, since: then } }]);
  });

  it("tells how a host calls itself that has no other name", () => {
    given(agent)
      .when({ type: "NoteObstacle", data: { ...ofCluster, ...noFencing, noted_at: then, hostname: "db01" } })
      .then([
        {
          type: "DiscoveryRefused",
          data: { ...ofCluster, issues: noFencing.issues, since: then, hostname: "db01" },
        },
      ]);
  });

  it("is over as soon as one of its type is applied, and begins anew after that", () => {
    const over: AgentEvent = { type: "DiscoveryApplied", data: ofCluster };
    given(agent, [refused(), parked]).when(applied).then([over]);
    given(agent, [refused(), over])
      .when(note(ofCluster, noFencing, later))
      .then([refused(noFencing.issues, later)]);
  });
});

describe("a discovery that is parked", () => {
  it("is told of with what it waits for", () => {
    given(agent).when(note(ofSystems, noDatabase)).then([parked]);
    given(agent, [parked])
      .when(note(ofSystems, noDatabase, later))
      .thenNothing();
  });

  it("is not over because another type is applied", () => {
    given(agent, [parked]).when(applied).thenNothing();
    expect(given(agent, [parked, refused()]).when(applied).state.open).toHaveLength(1);
  });
});

describe("a discovery that the server cannot apply", () => {
  it("is told of as delayed, since its first attempt, and not as refused", () => {
    const { state } = given(agent).when(note(ofCluster, unreachable)).then([delayed()]);
    expect(state.open).toEqual([
      { discovery_type: "ha_cluster_discovery", ...unreachable, state: "delayed", since: then },
    ]);
  });

  it("is told of once, in whatever words each attempt fails", () => {
    given(agent, [delayed()])
      .when(note(ofCluster, because("delayed", ["Error: overloaded"]), later))
      .thenNothing();
  });

  it("and then refused is told of anew, and the other way round, and not in force since the first", () => {
    given(agent, [delayed()])
      .when(note(ofCluster, noFencing, later))
      .then([refused()]);
    given(agent, [refused()])
      .when(note(ofCluster, unreachable, later))
      .then([delayed()]);
  });

  it("is over as soon as it is applied", () => {
    const { state } = given(agent, [delayed()])
      .when(applied)
      .then([{ type: "DiscoveryApplied", data: ofCluster }]);
    expect(state.open).toEqual([]);
  });
});

describe("what the server tries again", () => {
  it("is tried with growing pauses, five minutes at most, and up to a quarter more", () => {
    expect([1, 2, 3, 4, 8, 9, 50].map((attempts) => pauseAfter(attempts, 0))).toEqual([
      2_000, 4_000, 8_000, 16_000, 256_000, 300_000, 300_000,
    ]);
    expect([1, 50].map((attempts) => pauseAfter(attempts, 1))).toEqual([2_500, 375_000]);
  });

  it("is no news before it has failed for five seconds", () => {
    const at = (milliseconds: number) => isNews(then, Date.parse(then) + milliseconds);
    expect([at(0), at(4_999), at(5_000), at(600_000)]).toEqual([false, false, true, true]);
  });
});

describe("an agent of which nothing is open", () => {
  it("is told nothing of", () => {
    given(agent).when(applied).thenNothing();
    given(agent).when(forget).thenNothing();
  });

  it("is one that was forgotten", () => {
    const forgotten: AgentEvent = { type: "DiscoveriesForgotten", data: { host_id } };
    const { state } = given(agent, [refused(), parked]).when(forget).then([forgotten]);
    expect(state.open).toEqual([]);
  });
});

it("of many issues the first few are told, shortened", () => {
  const issues = Array.from({ length: 50 }, (_, index) => ({
    path: ["x".repeat(2_000), index],
    message: "y",
  }));
  const told = refusedFor(issues).issues;
  expect(told).toHaveLength(5);
  expect(told[0]?.field).toHaveLength(501);
  expect(because("refused", ["z".repeat(2_000)]).issues[0]?.message).toHaveLength(501);
});
