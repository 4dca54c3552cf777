/** One webhook: its settings, and what was delivered to it. */
import { Alert, Button, Group, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import {
  deliveryStatuses,
  type Endpoint,
  useDeliveries,
  useEndpoints,
  useRemoveEndpoint,
  useReplaySince,
  useRotateSecret,
  useTestEndpoint,
} from "../api/webhooks.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { Confirmation } from "../shell/confirmation.tsx";
import { NotFound, NotRead, Page } from "../shell/page.tsx";
import { Deliveries } from "./deliveries.tsx";
import { EditEndpointDialog } from "./endpoint-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { EndpointStatus } from "./webhooks-section.tsx";

const PER_PAGE = "25";
type Question = "rotate" | "remove" | null;

function Actions({ endpoint }: { readonly endpoint: Endpoint }) {
  const navigate = useNavigate();
  const [editing, edit] = useDisclosure();
  const [question, ask] = useState<Question>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const test = useTestEndpoint(endpoint.id);
  const rotate = useRotateSecret(endpoint.id);
  const remove = useRemoveEndpoint(endpoint.id, () => navigate("/settings"));
  const close = () => ask(null);
  return (
    <Group>
      <Button loading={test.isPending} disabled={!endpoint.enabled} onClick={() => test.mutate()}>
        Send a test
      </Button>
      <Button variant="light" onClick={edit.open}>
        Change
      </Button>
      <Button variant="light" onClick={() => ask("rotate")}>
        New secret
      </Button>
      <Button variant="light" color="red" onClick={() => ask("remove")}>
        Remove
      </Button>
      {editing && <EditEndpointDialog endpoint={endpoint} onClose={edit.close} />}
      <Confirmation
        title="Make a new secret?"
        text="For a day messages are signed by the present one too; then the receiver must know the new one."
        action="Make a new secret"
        opened={question === "rotate"}
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() =>
          rotate.mutate(undefined, {
            onSuccess: (made) => {
              close();
              setSecret(made);
            },
          })
        }
        onClose={close}
      />
      <Confirmation
        title="Remove this webhook?"
        text="It is told nothing any more, and what it was told is forgotten."
        action="Remove"
        opened={question === "remove"}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={close}
      />
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Group>
  );
}

function ReplaySince({ endpointId }: { readonly endpointId: string }) {
  const [since, setSince] = useState("");
  const replay = useReplaySince(endpointId);
  return (
    <>
      <Group align="flex-end">
        <TextInput
          label="Send again all since"
          type="datetime-local"
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <Button
          variant="light"
          disabled={since === ""}
          loading={replay.isPending}
          onClick={() => replay.mutate(new Date(since).toISOString())}
        >
          Send again
        </Button>
      </Group>
      {replay.data !== undefined && (
        <Alert color="cyan" role="status">
          {replay.data} {replay.data === 1 ? "message is" : "messages are"} sent again.
        </Alert>
      )}
      {replay.error !== null && (
        <Alert color="red" role="alert">
          {replay.error.message}
        </Alert>
      )}
    </>
  );
}

function DeliveryList({ endpointId }: { readonly endpointId: string }) {
  const [status, setStatus] = useState("");
  /** Where each page that was turned begins. */
  const [pages, setPages] = useState<readonly number[]>([]);
  const before = pages.at(-1);
  const query = new URLSearchParams({ limit: PER_PAGE, ...(status === "" ? {} : { status }) });
  if (before !== undefined) query.set("before", String(before));
  const { data, error, refetch } = useDeliveries(endpointId, query);
  if (data === undefined) return <NotRead error={error} onRetry={refetch} />;
  const { items, next } = data;
  return (
    <>
      <Group align="flex-end" justify="space-between">
        <Select
          label="Status"
          data={[{ value: "", label: "All" }, ...deliveryStatuses]}
          allowDeselect={false}
          value={status}
          onChange={(value) => {
            setStatus(value ?? "");
            setPages([]);
          }}
        />
        <ReplaySince endpointId={endpointId} />
      </Group>
      <Deliveries endpointId={endpointId} deliveries={items} />
      <Group>
        <Button
          variant="default"
          disabled={pages.length === 0}
          onClick={() => setPages((before) => before.slice(0, -1))}
        >
          Newer
        </Button>
        <Button
          variant="default"
          disabled={next === null}
          onClick={() => setPages((before) => (next === null ? before : [...before, next]))}
        >
          Older
        </Button>
      </Group>
    </>
  );
}

export function DeliveriesPage() {
  const { id = "" } = useParams();
  const { data: endpoints, error, refetch } = useEndpoints();
  if (endpoints === undefined) return <NotRead title="Webhook" error={error} onRetry={refetch} />;
  const endpoint = endpoints.find((one) => one.id === id);
  if (endpoint === undefined) return <NotFound />;
  return (
    <Page title={endpoint.description || "Webhook"} aside={<Actions endpoint={endpoint} />}>
      <Section title="Endpoint">
        <Facts
          facts={[
            ["URL", endpoint.url],
            ["Events", endpoint.event_types.join(", ")],
            ["Signed with", endpoint.signature === "hmac" ? "HMAC-SHA256" : "ed25519"],
            ["Status", <EndpointStatus key="status" {...endpoint} />],
          ]}
        />
      </Section>
      <Section title="Deliveries">
        <DeliveryList endpointId={id} />
      </Section>
    </Page>
  );
}
