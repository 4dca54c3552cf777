/** What is common to application and database instances. */
import type { InstanceStatus } from "../../instance.ts";
import { BLANK } from "../cast.ts";
import type { Issue } from "../issue.ts";
import type { ControlledInstance, SentInstance } from "./payload.ts";

const statuses: Readonly<Record<ControlledInstance["dispstatus"], InstanceStatus>> = {
  "SAPControl-GREEN": "green",
  "SAPControl-YELLOW": "yellow",
  "SAPControl-RED": "red",
  "SAPControl-GRAY": "gray",
};

export interface CommonFields {
  readonly host_id: string;
  readonly instance_number: string;
  readonly instance_hostname: string;
  readonly features: string;
  readonly http_port: number;
  readonly https_port: number;
  readonly start_priority: string;
  readonly status: InstanceStatus;
}

type Read<T> = { readonly value: T } | { readonly issue: Issue };

function propertyOf({ SAPControl }: SentInstance, name: string): Read<string> {
  const path = ["SAPControl", "Properties"];
  const index = SAPControl.Properties.findIndex(({ property }) => property === name);
  const value = SAPControl.Properties[index]?.value ?? null;
  if (value !== null) return { value };
  const place = index === -1 ? path : [...path, index, "value"];
  return { issue: { path: place, message: `the value of ${name} can't be blank` } };
}

/** `sapcontrol` lists all instances of the system; one of them is this. */
function currentOf({ SAPControl }: SentInstance, number: string, hostname: string): number {
  return SAPControl.Instances.findIndex(
    ({ currentInstance, ...one }) =>
      currentInstance ?? (one.hostname === hostname && one.instanceNr === Number(number)),
  );
}

export function commonFields(instance: SentInstance, hostId: string): Read<CommonFields> {
  const number = propertyOf(instance, "SAPSYSTEM");
  if ("issue" in number) return number;
  const hostname = propertyOf(instance, "SAPLOCALHOST");
  if ("issue" in hostname) return hostname;
  const path = ["SAPControl", "Instances"];
  const index = currentOf(instance, number.value, hostname.value);
  const current = instance.SAPControl.Instances[index];
  if (current === undefined) return { issue: { path, message: "has no current instance" } };
  if (current.httpsPort === null) return { issue: { path: [...path, index, "httpsPort"], message: BLANK } };
  return {
    value: {
      host_id: hostId,
      instance_number: number.value,
      instance_hostname: hostname.value,
      features: current.features,
      http_port: current.httpPort,
      https_port: current.httpsPort,
      start_priority: current.startPriority,
      status: statuses[current.dispstatus],
    },
  };
}
