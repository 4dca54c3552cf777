/** The list of one type of resource as it is cached, kept in step with what the room tells. */
import { hashKey, type QueryClient } from "@tanstack/react-query";
import type { Change } from "../../../party/messages.ts";
import { applyChange, type Versions } from "./apply-change.ts";
import { wasRead } from "./connection.ts";
import type { Kept } from "./kept.ts";

export class CachedList<Resource extends { readonly id: string }> {
  readonly #client: QueryClient;
  readonly #kept: Kept<Resource>;
  readonly #versions: Versions = new Map();
  /** Told of while the list was being read: what is read may be older, and must not undo them. */
  #early: Change<Resource>[] = [];
  /** Leaves the cache to itself. */
  readonly leave: () => void;

  constructor(client: QueryClient, kept: Kept<Resource>) {
    this.#client = client;
    this.#kept = kept;
    const key = hashKey(kept.key);
    this.leave = client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.query.queryHash !== key) return;
      const { action } = event;
      if (action.type === "success" && action.manual !== true) this.#afterReading();
    });
  }

  apply(change: Change<Resource>): void {
    const { key } = this.#kept;
    if (this.#client.isFetching({ queryKey: key, exact: true }) > 0) this.#early.push(change);
    this.#client.setQueryData<Resource[]>(
      key,
      (known) => known && [...applyChange(known, change, this.#versions, this.#kept)],
    );
  }

  /** @returns whether there was anything that has to be read again */
  readAgain(): boolean {
    const { key } = this.#kept;
    if (!wasRead(this.#client, key)) return false;
    this.#versions.clear();
    void this.#client.invalidateQueries({ queryKey: key });
    return true;
  }

  #afterReading(): void {
    const early = this.#early;
    this.#early = [];
    for (const change of early) this.apply(change);
  }
}
