/** Addresses of a host, one below the other. */
import { Stack, Text } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { addressesOf } from "./addresses-of.ts";

export function Addresses({ host }: { readonly host: HostView }) {
  return (
    <Stack gap={0}>
      {addressesOf(host).map((address) => (
        <Text key={address} size="sm" ff="monospace">
          {address}
        </Text>
      ))}
    </Stack>
  );
}
