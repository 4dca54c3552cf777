/** Folders with checks, for the time of a test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** @param files by name; null is a folder */
export function folderWith(files: Readonly<Record<string, string | null>>): string {
  const folder = mkdtempSync(join(tmpdir(), "checks-"));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (content !== null) writeFileSync(path, content);
  }
  return folder;
}

/** A check that is sound. */
export const check = (id: string) => `id: "${id}"
name: Names can be resolved
group: OS
description: Every host knows every other
remediation: Write them into /etc/hosts
metadata: { target_type: host }
facts:
  - name: hosts
    gatherer: hosts@v1
expectations:
  - name: known
    expect: facts.hosts.len() > 0
`;
