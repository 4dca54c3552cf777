/** From a module, bytes, a response or an address to an engine. */
import { Rhai, type RhaiOptions } from "./rhai.ts";

/** The module itself (the only way in Workers), its bytes, or where to fetch them. */
export type RhaiSource =
  | WebAssembly.Module
  | ArrayBuffer
  | ArrayBufferView<ArrayBuffer>
  | Response
  | URL
  | string;

interface Compiler {
  compile(bytes: ArrayBuffer): Promise<WebAssembly.Module>;
}

/** Workers compile no code at run time. */
function canCompile(api: object): api is Compiler {
  return "compile" in api && typeof api.compile === "function";
}

async function compiled(bytes: ArrayBuffer): Promise<WebAssembly.Module> {
  const compiler: object = WebAssembly;
  if (!canCompile(compiler))
    throw new TypeError("this platform compiles no WebAssembly at run time: import rhai.wasm as a module");
  return await compiler.compile(bytes);
}

async function bodyOf(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw new Error(`rhai.wasm cannot be had: status ${response.status}`);
  return await response.arrayBuffer();
}

function copyOf({ buffer, byteOffset, byteLength }: ArrayBufferView): ArrayBuffer {
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}

/** A module comes last: its type has no properties, so that anything would pass for one. */
async function moduleOf(source: RhaiSource): Promise<WebAssembly.Module> {
  if (typeof source === "string" || source instanceof URL)
    return await compiled(await bodyOf(await fetch(source)));
  if (source instanceof Response) return await compiled(await bodyOf(source));
  if (source instanceof ArrayBuffer) return await compiled(source);
  if (ArrayBuffer.isView(source)) return await compiled(copyOf(source));
  return source;
}

/** Whatever the source, the engine is ready when the promise is fulfilled. */
export async function loadRhai(
  source: RhaiSource | Promise<RhaiSource>,
  options: RhaiOptions = {},
): Promise<Rhai> {
  return instantiateRhai(await moduleOf(await source), options);
}

/** At once, from a module that is compiled already. */
export function instantiateRhai(module: WebAssembly.Module, options: RhaiOptions = {}): Rhai {
  return new Rhai(module, options);
}
