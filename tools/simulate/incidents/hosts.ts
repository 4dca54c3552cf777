/** What happens to hosts. */
import type { SimulatedHost } from "../model/host.ts";
import { clusterOf, type Installation } from "../model/installation.ts";
import { type Incident, planForOne } from "./incident.ts";

/** Hosts whose absence no cluster has to deal with. */
function unclustered({ hosts }: Installation): SimulatedHost[] {
  return hosts.filter((host) => clusterOf(host) === null && !host.isDown);
}

export const hostLost: Incident = {
  name: "host-lost",
  description: "a host without a cluster is switched off, and its agent is silent",
  plan: (stage) =>
    planForOne(stage, unclustered, (host) => [
      {
        line: `${host.hostname} stops reporting`,
        change: () => {
          host.isDown = true;
        },
      },
      {
        line: `${host.hostname} reports again`,
        change: () => {
          host.isDown = false;
        },
      },
    ]),
};

export const hostRebooted: Incident = {
  name: "host-rebooted",
  description: "a host without a cluster is rebooted",
  stays: true,
  plan: (stage) =>
    planForOne(stage, unclustered, (host) => [
      {
        line: `${host.hostname} is rebooted`,
        change: () => {
          host.isDown = true;
        },
      },
      {
        line: `${host.hostname} is up again`,
        change: () => {
          host.isDown = false;
          host.bootedAt = new Date(Date.UTC(2026, 10, 1, 0, stage.number)).toISOString();
        },
      },
    ]),
};

export const agentUpdated: Incident = {
  name: "agent-updated",
  description: "a host gets a new version of its agent",
  stays: true,
  plan: (stage) =>
    planForOne(
      stage,
      ({ hosts }) => hosts,
      (host) => {
        const version = `3.1.${stage.number + 1}`;
        return [
          {
            line: `${host.hostname} gets the agent ${version}`,
            change: () => {
              host.agentVersion = version;
            },
          },
        ];
      },
    ),
};

export const tuningLost: Incident = {
  name: "tuning-lost",
  description: "saptune finds that a host is no longer tuned as it should be",
  plan: (stage) =>
    planForOne(
      stage,
      // Only where SAP runs is anything tuned.
      ({ hosts }) => hosts.filter(({ tuning }) => tuning === "compliant"),
      (host) => [
        {
          line: `${host.hostname} loses its tuning`,
          change: () => {
            host.tuning = "not compliant";
          },
        },
        {
          line: `${host.hostname} is tuned again`,
          change: () => {
            host.tuning = "compliant";
          },
        },
      ],
    ),
};

export const addressAdded: Incident = {
  name: "address-added",
  description: "a host gets another address for a while",
  plan: (stage) =>
    planForOne(
      stage,
      ({ hosts }) => hosts,
      (host) => {
        const address = host.address.replace(/^10\.\d+/, "10.200");
        return [
          {
            line: `${host.hostname} gets the address ${address}`,
            change: () => {
              host.extraAddress = address;
            },
          },
          {
            line: `${host.hostname} has the address ${address} no longer`,
            change: () => {
              host.extraAddress = null;
            },
          },
        ];
      },
    ),
};
