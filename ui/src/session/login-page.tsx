/** Where one signs in. */
import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Logo } from "../shell/logo.tsx";
import { session } from "./session.ts";

export function LoginPage() {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function signIn(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await session.signIn(username, password);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : "Signing in failed.");
      setBusy(false);
    }
  }

  return (
    <Center component="main" mih="100vh" p="md" className="login">
      <Paper withBorder shadow="md" radius="md" p="xl" w={400} maw="100%">
        <form onSubmit={signIn}>
          <Stack>
            <Stack gap={4} align="center" mb="xs">
              <Logo size={44} />
              <Title order={1} size="h3">
                trento-edge
              </Title>
              <Text c="dimmed" size="sm">
                Sign in to see your SAP landscape
              </Text>
            </Stack>
            {error !== null && (
              <Alert color="red" role="alert">
                {error}
              </Alert>
            )}
            <TextInput
              label="Username"
              name="username"
              autoComplete="username"
              required
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy} fullWidth mt="sm">
              Sign in
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
