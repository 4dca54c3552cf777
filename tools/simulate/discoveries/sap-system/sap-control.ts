/** What `sapcontrol` tells of an instance. */
import type { InstanceStatus } from "../../../../domain/instance.ts";

const colours = {
  green: "SAPControl-GREEN",
  yellow: "SAPControl-YELLOW",
  red: "SAPControl-RED",
  gray: "SAPControl-GRAY",
} as const satisfies Record<InstanceStatus, string>;

const texts = { green: "Running", yellow: "Initializing", red: "Error", gray: "Stopped" } as const;

export interface Listed {
  readonly features: string;
  readonly hostname: string;
  readonly number: string;
  readonly startPriority: string;
  readonly status: InstanceStatus;
  readonly isCurrent: boolean;
}

export interface Process {
  readonly name: string;
  readonly description: string;
}

export interface Controlled {
  readonly sid: string;
  /** As `HDB00`. */
  readonly name: string;
  readonly current: Listed;
  /** All instances of the system, this one included. */
  readonly listed: readonly Listed[];
  readonly processes: readonly Process[];
  readonly properties: Readonly<Record<string, string>>;
  /** When the host was booted, ISO 8601: the instance was started then. */
  readonly startedAt: string;
}

export function portOf(number: string, offset: number): number {
  return 50_000 + Number(number) * 100 + offset;
}

function instanceOf({ features, hostname, number, startPriority, status, isCurrent }: Listed): unknown {
  return {
    features,
    hostname,
    httpPort: portOf(number, 13),
    httpsPort: portOf(number, 14),
    dispstatus: colours[status],
    instanceNr: Number(number),
    startPriority,
    currentInstance: isCurrent,
  };
}

function processOf({ name, description }: Process, status: InstanceStatus, startedAt: string, index: number) {
  const isUp = status !== "gray";
  return {
    pid: isUp ? 4_000 + index * 17 : -1,
    name,
    description,
    dispstatus: colours[status],
    textstatus: texts[status],
    starttime: isUp ? startedAt.slice(0, 19).replaceAll("-", " ").replace("T", " ") : "",
    elapsedtime: isUp ? "689:20:39" : "",
  };
}

/** An instance is as bad as the worst of its processes: in trouble, only the last of them is. */
function processes({ current, processes: all, startedAt }: Controlled): unknown {
  const { status } = current;
  return all.map((process, index) => {
    const isTroubled = status === "gray" || index === all.length - 1;
    return processOf(process, isTroubled ? status : "green", startedAt, index);
  });
}

export function sapControlOf(controlled: Controlled): unknown {
  const { sid, name, current, listed, properties } = controlled;
  const attributes = {
    INSTANCE_NAME: name,
    SAPSYSTEM: current.number,
    SAPSYSTEMNAME: sid,
    SAPLOCALHOST: current.hostname,
    StartPriority: current.startPriority,
    ...properties,
  };
  const url = `http://${current.hostname}:${portOf(current.number, 13)}/sapparamEN.html`;
  return {
    Properties: [
      ...Object.entries(attributes).map(([property, value]) => ({
        property,
        value,
        propertytype: "Attribute",
      })),
      { property: "Process List", value: "GetProcessList", propertytype: "NodeWebmethod" },
      { property: "Parameter Documentation", value: url, propertytype: "NodeURL" },
    ],
    Instances: listed.map(instanceOf),
    Processes: processes(controlled),
  };
}
