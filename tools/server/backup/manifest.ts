/** What a backup holds: written last, so that one without it is not whole. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { Failure } from "./failure.ts";

export const MANIFEST = "manifest.json";
export const DATA = "data";

const isPathWithin = (path: string) =>
  !path.startsWith("/") && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

export const manifestSchema = z.object({
  format: z.literal(1),
  created_at: z.iso.datetime(),
  files: z.array(
    z.object({
      path: z.string().refine(isPathWithin, "must lie within the backup"),
      size: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type FileEntry = Manifest["files"][number];

export async function entryOf(folder: string, path: string): Promise<FileEntry> {
  const hash = createHash("sha256");
  let size = 0;
  const file = createReadStream(join(folder, path));
  file.on("data", (part) => {
    size += part.length;
  });
  await pipeline(file, hash);
  return { path, size, sha256: hash.digest("hex") };
}

export function readManifest(backup: string): Manifest {
  const file = join(backup, MANIFEST);
  if (!existsSync(backup)) throw new Failure(`${backup} is not there`);
  if (!existsSync(file))
    throw new Failure(`${backup} is no backup, or not a whole one: it has no ${MANIFEST}`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Failure(`${file} is damaged: it is not JSON`);
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Failure(`${file} is damaged: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  return parsed.data;
}
