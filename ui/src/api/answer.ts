/** A list that is asked for: there, on its way, or refused. */
export interface Answer<Resource> {
  readonly data: Resource[] | undefined;
  readonly error: Error | null;
  refetch(): unknown;
}
