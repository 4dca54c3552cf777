/** In which encoding a client takes what is sent to it. */
import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from "node:zlib";

export type Encoding = "br" | "gzip";
/** The one that makes it smaller first; and the one that needs less memory first, where many are sent to at once. */
export const SMALLEST: readonly Encoding[] = ["br", "gzip"];
export const CHEAPEST: readonly Encoding[] = ["gzip", "br"];

/** What has been compressed by its own format, such as a font, becomes no smaller. */
const COMPRESSIBLE =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)|application\/(?:javascript|wasm|x-ndjson)|image\/svg\+xml)/;
/** Bytes: below it the head of an answer is larger than what is saved. */
export const WORTHWHILE = 1_024;
/** Of what is compressed once and kept, and of what is compressed while somebody waits. */
const BROTLI_QUALITY = { kept: 5, passing: 4 };
/** As a power of two, in bytes: what a client that does not read on keeps here. */
const BROTLI_WINDOW = 16;

export function isCompressible(type: string): boolean {
  return COMPRESSIBLE.test(type) && !type.startsWith("text/event-stream");
}

/** @param preferred of those that a client takes equally well. @returns null where it must be sent as it is (RFC 9110, 12.5.3) */
export function encodingFor(accepted: string | undefined, preferred: readonly Encoding[]): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of (accepted ?? "").toLowerCase().split(",", 20)) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith("q="))?.slice(2) ?? "1";
    weights.set(name, /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0);
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get("*") ?? 0;
  const [best] = [...preferred].sort((one, other) => weightOf(other) - weightOf(one));
  return best !== undefined && weightOf(best) > 0 ? best : null;
}

const compressors: Readonly<Record<Encoding, (content: Buffer) => Promise<Buffer>>> = {
  br: (content) =>
    promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY.kept,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gzip: (content) => promisify(gzip)(content),
};

export function compress(content: Buffer, encoding: Encoding): Promise<Buffer> {
  return compressors[encoding](content);
}

export function compressor(encoding: Encoding): Duplex {
  return encoding === "gzip"
    ? createGzip()
    : createBrotliCompress({
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY.passing,
          [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW,
        },
      });
}
