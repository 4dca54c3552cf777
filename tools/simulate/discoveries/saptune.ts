/** `saptune_discovery`: whether the host is tuned for what runs on it. */
import type { SimulatedHost } from "../model/host.ts";

const NOTES = ["941735", "1771258", "2578899", "2993054", "1656250", "900929"];

export function saptuneDiscovery(host: SimulatedHost) {
  if (host.tuning === "not installed") return { saptune_installed: false, package_version: "", status: null };
  if (host.tuning === "old") return { saptune_installed: true, package_version: "3.0.0", status: null };
  const tuned = host.tuning !== "not tuned";
  const solution = host.role === "hana" ? "HANA" : "NETWEAVER";
  const notes = tuned ? NOTES : [];
  const bySolution = tuned ? [{ "Solution ID": solution, "Note list": NOTES }] : [];
  return {
    saptune_installed: true,
    package_version: "3.1.3",
    status: {
      command: "status",
      "exit code": 0,
      result: {
        "package version": "3.1.3",
        "configured version": "3",
        "tuning state": host.tuning,
        services: {
          saptune: tuned ? ["enabled", "active"] : ["disabled", "inactive"],
          sapconf: [],
          tuned: [],
        },
        "Solution enabled": tuned ? [solution] : [],
        "Notes enabled by Solution": bySolution,
        "Solution applied": tuned ? [{ "Solution ID": solution, "applied partially": false }] : [],
        "Notes applied by Solution": bySolution,
        "Notes enabled additionally": [],
        "Notes enabled": notes,
        "Notes applied": notes,
        staging: { "staging enabled": false, "Notes staged": [], "Solutions staged": [] },
      },
    },
  };
}
