/** A small landscape that reports: a replicated database on a cluster of two, and an SAP system that needs it. */
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { application, applicationServer, type Colour, centralServices, database } from "./sap-payloads.ts";
import type { Stage } from "./stage.ts";

const TENANT = "PRD";
const ADDRESS = "10.7.1.1";

export class Landscape {
  readonly #stage: Stage;
  /** Hosts are called as the nodes of the cluster. */
  readonly primary: string;
  readonly secondary: string;
  readonly application: string;

  private constructor(stage: Stage, [primary, secondary, application]: [string, string, string]) {
    this.#stage = stage;
    this.primary = primary;
    this.secondary = secondary;
    this.application = application;
  }

  /** The hosts alone. */
  static async prepare(stage: Stage): Promise<Landscape> {
    return new Landscape(stage, [
      await stage.report("one", { ip_addresses: [ADDRESS] }),
      await stage.report("two", { ip_addresses: ["10.7.1.2"] }),
      await stage.report("vmnwp01", { ip_addresses: ["10.7.1.3"] }),
    ]);
  }

  /** All that runs on them. */
  async report(): Promise<void> {
    await this.reportCluster();
    await this.reportDatabase();
    await this.reportApplication();
  }

  async reportCluster(secondary: "in sync" | "failed" = "in sync"): Promise<void> {
    const attributes = {
      one: {
        hana_prd_site: "NBG",
        hana_prd_roles: "4:P:master1:master:worker:master",
        hana_prd_sync_state: "PRIM",
        hana_prd_srmode: "sync",
        hana_prd_op_mode: "logreplay",
      },
      two: {
        hana_prd_site: "WDF",
        hana_prd_roles: `${secondary === "in sync" ? 4 : 1}:S:master1:master:worker:master`,
        hana_prd_sync_state: secondary === "in sync" ? "SOK" : "SFAIL",
        hana_prd_srmode: "sync",
        hana_prd_op_mode: "logreplay",
      },
    };
    const top = { Id: "the cluster of HDP", Name: "hana_cluster" };
    await this.#stage.post(this.primary, "ha_cluster_discovery", scaleUp({ attributes, top }));
    await this.#stage.post(
      this.secondary,
      "ha_cluster_discovery",
      scaleUp({ attributes, top: { ...top, DC: false } }),
    );
  }

  async reportDatabase(colour?: Colour): Promise<void> {
    const post = (host: string, site: "NBG" | "WDF") =>
      this.#stage.post(host, "sap_system_discovery", database("PRD", TENANT, site, colour));
    await post(this.primary, "NBG");
    await post(this.secondary, "WDF");
  }

  /** @param second what the second of two application servers tells; it is not there when there is nothing */
  async reportApplication(second: Colour | null = "GREEN"): Promise<void> {
    const servers = [applicationServer("01"), ...(second === null ? [] : [applicationServer("02", second)])];
    await this.#stage.post(
      this.application,
      "sap_system_discovery",
      application("NWP", TENANT, ADDRESS, [centralServices(), ...servers]),
    );
  }
}
