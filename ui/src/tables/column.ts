/** A column of a table: what stands above it and in it. */
import type { ReactNode } from "react";

export interface Column<Row> {
  readonly id: string;
  readonly heading: string;
  cell(row: Row): ReactNode;
  /** What rows are sorted by. A column without it cannot be sorted by. */
  sortBy?(row: Row): string | number;
}
