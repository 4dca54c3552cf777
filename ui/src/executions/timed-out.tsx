/** Says that hosts did not answer in time. */
import { Alert, Badge } from "@mantine/core";
import { useHostnames } from "../checks/target-of.ts";
import { ClockIcon } from "../shell/icons.tsx";
import { counted } from "../tables/noun.ts";

const hosts = { one: "host", many: "hosts" };

export function TimedOutBadge({ children = "timed out" }: { readonly children?: string }) {
  return (
    <Badge color="orange" variant="outline" leftSection={<ClockIcon />} className="legible" data-timed-out>
      {children}
    </Badge>
  );
}

/** @param ids of the hosts; null where it is not known yet */
export function TimedOutHosts({ ids }: { readonly ids: readonly string[] | null }) {
  if (ids === null || ids.length === 0) return null;
  return <TimedOutBadge>{`${counted(ids.length, hosts)} timed out`}</TimedOutBadge>;
}

/** Above the results: which hosts, and what it means for what stands below. */
export function TimedOutBanner({ ids }: { readonly ids: readonly string[] }) {
  const nameOf = useHostnames();
  if (ids.length === 0) return null;
  return (
    <Alert
      color="orange"
      icon={<ClockIcon size={20} />}
      classNames={{ title: "legible" }}
      title={`${counted(ids.length, hosts)} did not answer in time`}
    >
      {ids.map(nameOf).join(", ")}: is the agent running and connected? Checks that nobody else fails are
      marked as timed out; the health counts them as critical.
    </Alert>
  );
}
