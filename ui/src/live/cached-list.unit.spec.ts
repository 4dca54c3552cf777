/** How the cached list keeps in step, whatever comes first. */
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostView } from "../../../domain/host/view.ts";
import { hostsKey } from "../api/keys.ts";
import { hostExample } from "../hosts/host-example.ts";
import { CachedList } from "./cached-list.ts";
import { keptHosts } from "./kept.ts";

const host = hostExample({ health: "passing" });
const changed = (version: number, health: HostView["health"]) => ({
  id: host.id,
  version,
  events: ["host_health_changed"],
  resource: { ...host, health },
});

describe("the cached list", () => {
  let client: QueryClient;
  let list: CachedList<HostView>;
  const healths = () => client.getQueryData<HostView[]>(hostsKey)?.map(({ health }) => health);

  beforeEach(() => {
    client = new QueryClient();
    list = new CachedList(client, keptHosts);
  });
  afterEach(() => list.leave());

  /** The list is read, and the answer comes when it is told to. */
  function read(answer: HostView[]) {
    const { promise, resolve } = Promise.withResolvers<HostView[]>();
    const done = client.fetchQuery({ queryKey: hostsKey, queryFn: () => promise });
    return () => {
      resolve(answer);
      return done;
    };
  }

  it("follows changes", async () => {
    await read([host])();
    list.apply(changed(2, "critical"));
    expect(healths()).toEqual(["critical"]);
  });

  it("keeps a change that came while the list was read for the first time", async () => {
    const answer = read([host]);
    list.apply(changed(2, "critical"));
    expect(healths()).toBeUndefined();
    await answer();
    expect(healths()).toEqual(["critical"]);
  });

  it("does not let an answer that was on its way undo a change", async () => {
    await read([host])();
    const answer = read([host]);
    list.apply(changed(2, "warning"));
    list.apply(changed(3, "critical"));
    expect(healths()).toEqual(["critical"]);
    await answer();
    expect(healths()).toEqual(["critical"]);
  });

  it("takes what is read later for the truth", async () => {
    const early = read([host]);
    list.apply(changed(2, "critical"));
    await early();
    await read([{ ...host, health: "warning" }])();
    expect(healths()).toEqual(["warning"]);
  });

  it("is left alone afterwards", async () => {
    const answer = read([host]);
    list.apply(changed(2, "critical"));
    list.leave();
    await answer();
    expect(healths()).toEqual(["passing"]);
  });
});
