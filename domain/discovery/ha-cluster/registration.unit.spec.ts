/** What a host tells of its cluster as a whole: joining, leaving, being offline, and what may be missing. */
import { describe, expect, it } from "vitest";
import { clusterStateSchema } from "../../cluster/details.ts";
import { providerSchema } from "../../host/provider.ts";
import { agentId, blank, complaints, invalid, noMemory } from "../examples.spec.ts";
import {
  centralServices,
  clusterPayload,
  commandsOf,
  hanaOf,
  node,
  registered,
  resource,
  scaleOut,
  scaleUp,
} from "./examples.spec.ts";
import { haClusterPolicy } from "./index.ts";

/** Version 5 UUID of "a cluster" in Trento's namespace. */
const clusterId = "0009c3d1-65d6-5ec5-bd85-825a56520842";
const elsewhere = "8a66f8fb-5fe9-51b3-a34c-24321271a4e3";
const left = {
  type: "DeregisterClusterHost",
  data: { cluster_id: elsewhere, host_id: agentId, deregistered_at: noMemory.now },
};

describe("an online host", () => {
  it("registers with all that it tells of an unknown cluster", () => {
    expect(commandsOf(clusterPayload())).toEqual([
      {
        type: "RegisterOnlineClusterHost",
        data: {
          cluster_id: clusterId,
          host_id: agentId,
          name: "the cluster",
          type: "unknown",
          provider: "azure",
          designated_controller: true,
          resources_number: 7,
          hosts_number: 2,
          state: "S_IDLE",
          details: null,
          sap_instances: [],
          cib_last_written: "Tue Jan 25 15:36:59 2022",
        },
      },
    ]);
  });

  it.each([true, false])("may be the designated controller: %s", (DC) => {
    expect(registered(clusterPayload({ top: { DC } })).designated_controller).toBe(DC);
  });

  it.each(clusterStateSchema.options)("tells of the state %s", (State) => {
    expect(registered(clusterPayload({ top: { State } })).state).toBe(State);
  });

  it.each(["S_SOMETHING", "s_idle", "", " ", null, undefined])(
    "tells of no state it knows with %j",
    (State) => {
      expect(registered(clusterPayload({ top: { State } })).state).toBe("unknown");
    },
  );

  it.each(providerSchema.options)("runs at the provider %s", (Provider) => {
    expect(registered(clusterPayload({ top: { Provider } })).provider).toBe(Provider);
  });

  it.each([null, undefined, ""])("runs at an unknown provider with %j", (Provider) => {
    expect(registered(clusterPayload({ top: { Provider } })).provider).toBe("unknown");
  });

  it("must not name a provider that is none", () => {
    expect(complaints(haClusterPolicy, clusterPayload({ top: { Provider: "moon" } }))).toEqual({
      "/Provider": invalid,
    });
  });

  it.each(["", " ", null, undefined])("may be of a cluster without a name: %j", (Name) => {
    expect(registered(clusterPayload({ top: { Name } })).name).toBeNull();
  });

  it.each([true, "true", null, undefined])("is one with Online %j", (Online) => {
    expect(registered(clusterPayload({ top: { Online } })).cluster_id).toBe(clusterId);
  });

  it("is one where the key is missing", () => {
    const { Online: _, ...payload } = clusterPayload();
    expect(registered(payload).cluster_id).toBe(clusterId);
  });
});

describe("an offline host", () => {
  const offline = (name: string | null) => [
    { type: "RegisterOfflineClusterHost", data: { cluster_id: clusterId, host_id: agentId, name } },
  ];

  it("tells its cluster's id and name", () => {
    expect(commandsOf({ Id: "a cluster", Name: "the cluster", Online: false })).toEqual(
      offline("the cluster"),
    );
  });

  it.each([
    { Id: "a cluster", Online: false },
    { Id: "a cluster", Online: false, Name: "" },
  ])("may be of a cluster without a name: %j", (payload) => {
    expect(commandsOf(payload)).toEqual(offline(null));
  });

  it("is not looked into any further", () => {
    const payload = {
      Id: "a cluster",
      Name: "n",
      Online: false,
      DC: [],
      Cib: 1,
      Crmmon: null,
      SBD: "",
      State: {},
    };
    expect(commandsOf(payload)).toEqual(offline("n"));
  });

  it.each([undefined, null, ""])("must tell an id, not %j", (Id) => {
    expect(complaints(haClusterPolicy, { Id, Online: false })).toEqual({ "/Id": blank });
  });
});

describe("a host that was in a cluster", () => {
  const joins = [
    ["online", clusterPayload(), "RegisterOnlineClusterHost"],
    ["offline", { Id: "a cluster", Online: false }, "RegisterOfflineClusterHost"],
  ] as const;

  it.each(joins)("leaves it for another, %s", (_, payload, type) => {
    const list = commandsOf(payload, { clusterId: elsewhere });
    expect(list).toMatchObject([left, { type, data: { cluster_id: clusterId } }]);
    expect(list[0]).toEqual(left);
  });

  it.each(joins)("stays, %s", (_, payload, type) => {
    expect(commandsOf(payload, { clusterId })).toMatchObject([{ type }]);
  });

  it("leaves it for none", () => {
    expect(commandsOf(null, { clusterId: elsewhere })).toEqual([left]);
  });

  it("leaves nothing when it was in none", () => {
    expect(commandsOf(null)).toEqual([]);
  });
});

describe("what is required", () => {
  it.each([null, undefined, ""])("DC, not %j", (DC) => {
    expect(complaints(haClusterPolicy, clusterPayload({ top: { DC } }))).toEqual({ "/DC": blank });
  });

  it.each(["Id", "Cib", "Crmmon"])("%s", (key) => {
    expect(complaints(haClusterPolicy, clusterPayload({ top: { [key]: null } }))).toEqual({
      [`/${key}`]: blank,
    });
  });

  it("the version of Crmmon", () => {
    const { Crmmon } = clusterPayload();
    const payload = clusterPayload({ top: { Crmmon: { ...Crmmon, Version: null } } });
    expect(complaints(haClusterPolicy, payload)).toEqual({ "/Crmmon/Version": blank });
  });

  it("SBD is not", () => {
    expect(hanaOf(scaleUp({ top: { SBD: null } })).sbd_devices).toEqual([]);
  });
});

/** The same, with null for every empty list. */
function withNullLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(withNullLists);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withNullLists(child)]));
}

describe("null for a list", () => {
  const bare = clusterPayload({ nodes: [], resources: [], sbd: { Devices: [], Config: {} } });
  const history = [{ Name: "one", ResourceHistory: [] }];

  it.each([
    ["an empty cluster", bare],
    ["a database", scaleUp({ history, nodes: [node("one"), node("two"), node("three")] })],
    ["a database without attributes", scaleOut({ attributes: {} })],
    ["central services", centralServices({ history, clones: [{ Id: "empty", Resources: [] }] })],
    [
      "empty groups",
      scaleUp({
        groups: [{ Id: "empty", Resources: [] }],
        configured: { Groups: [{ Id: "g", Primitives: [] }] },
      }),
    ],
  ])("is the empty list: %s", (_, payload) => {
    const withNulls = withNullLists(payload);
    expect(withNulls).not.toEqual(payload);
    expect(commandsOf(withNulls)).toEqual(commandsOf(payload));
  });
});

describe("the same told twice", () => {
  it("becomes the same", () => {
    const payload = scaleUp({ resources: [resource("fence", "stonith:x", "one")] });
    expect(commandsOf(structuredClone(payload))).toEqual(commandsOf(payload));
  });
});
