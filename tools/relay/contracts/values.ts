/** JSON as `google.protobuf.Value`: all its numbers are doubles, and integers among them come back as integers. */
import type { z } from "zod";

export type Json = z.core.util.JSONType;

interface DecodedValue {
  readonly nullValue?: unknown;
  readonly numberValue?: number;
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly structValue?: { readonly fields?: Readonly<Record<string, DecodedValue>> };
  readonly listValue?: { readonly values?: readonly DecodedValue[] };
}

/** What no JSON can say. */
export class NoJson extends Error {}

/** @param value as it was decoded @throws NoJson for a number that is none, or a value without a kind */
export function jsonOf(value: DecodedValue): Json {
  if (value.numberValue !== undefined) {
    if (!Number.isFinite(value.numberValue)) throw new NoJson(`${value.numberValue} is no number of JSON`);
    return value.numberValue;
  }
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.structValue !== undefined) return jsonOfMap(value.structValue.fields ?? {});
  if (value.listValue !== undefined) return (value.listValue.values ?? []).map(jsonOf);
  if (value.nullValue !== undefined) return null;
  throw new NoJson("a value has no kind");
}

export function jsonOfMap(map: Readonly<Record<string, DecodedValue>>): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, jsonOf(value)]));
}
