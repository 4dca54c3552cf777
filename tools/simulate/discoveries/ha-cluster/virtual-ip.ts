/** An address that moves with what it belongs to, in the way of the provider. */
import type { SimulatedProvider } from "../../model/host.ts";
import { monitor, type Primitive } from "./resource.ts";

/** @param name what the address is for, as in the ids of the resources */
export function virtualIp(provider: SimulatedProvider, name: string, ip: string): Primitive[] {
  const id = `rsc_ip_${name}`;
  if (provider === "aws") {
    const attributes = { ip, routing_table: "rtb-0a1b2c3d", interface: "eth0", profile: "Cluster" };
    const operations = [monitor("60", "60")];
    return [{ id, class: "ocf", provider: "suse", type: "aws-vpc-move-ip", attributes, operations }];
  }
  const address: Primitive = {
    id,
    class: "ocf",
    provider: "heartbeat",
    type: "IPaddr2",
    attributes: { ip, cidr_netmask: "24", nic: "eth0" },
    operations: [monitor("10s", "20s")],
  };
  if (provider !== "azure") return [address];
  // The cloud's load balancer asks on this port which node has the address.
  const balancer: Primitive = {
    id: `rsc_socat_${name}`,
    class: "ocf",
    provider: "heartbeat",
    type: "azure-lb",
    attributes: { port: "62500" },
    operations: [monitor("10", "20s")],
  };
  return [address, balancer];
}
