/** A file of the UI, read once, compressed once, and kept. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { getMimeType } from "hono/utils/mime";
import { compress, type Encoding, isCompressible, WORTHWHILE } from "../encodings.ts";

/** Named after its content by the build: it never changes. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

export interface Representation {
  readonly content: Buffer;
  readonly etag: string;
  readonly encoding: Encoding | null;
}

export class Asset {
  readonly type: string;
  readonly cacheControl: string;
  readonly isCompressed: boolean;
  readonly #content: Buffer;
  readonly #hash: string;
  readonly #kept = new Map<Encoding, Promise<Representation>>();

  private constructor(path: string, content: Buffer) {
    this.type = getMimeType(path) ?? "application/octet-stream";
    this.cacheControl = HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
    this.isCompressed = isCompressible(this.type) && content.length >= WORTHWHILE;
    this.#content = content;
    this.#hash = createHash("sha256").update(content).digest("base64url").slice(0, 22);
  }

  /** @param path from the UI's root on */
  static async read(path: string, file: string): Promise<Asset> {
    return new Asset(path, await readFile(file));
  }

  get plain(): Representation {
    return { content: this.#content, etag: `"${this.#hash}"`, encoding: null };
  }

  in(encoding: Encoding): Promise<Representation> {
    const kept = this.#kept.get(encoding) ?? this.#make(encoding);
    this.#kept.set(encoding, kept);
    return kept;
  }

  async #make(encoding: Encoding): Promise<Representation> {
    return {
      content: await compress(this.#content, encoding),
      etag: `"${this.#hash}-${encoding}"`,
      encoding,
    };
  }
}
