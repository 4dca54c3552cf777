/** Above every page: the way to the navigation, the state of the connection, colours, the user. */
import { ActionIcon, Badge, Burger, Group, Menu, Text, Tooltip, useMantineColorScheme } from "@mantine/core";
import { useIsLive } from "../live/connection.ts";
import { session } from "../session/session.ts";
import { MoonIcon, SunIcon, UserIcon } from "./icons.tsx";
import { Logo } from "./logo.tsx";

function LiveIndicator() {
  const isLive = useIsLive();
  return (
    <Badge
      variant="dot"
      color={isLive ? "teal.6" : "orange.6"}
      size="lg"
      role="status"
      aria-live="polite"
      className="connection"
    >
      {isLive ? "Live" : "Reconnecting"}
    </Badge>
  );
}

function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" color="gray" aria-label="Colour scheme">
          {colorScheme === "dark" ? <MoonIcon /> : <SunIcon />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => setColorScheme("light")}>Light</Menu.Item>
        <Menu.Item onClick={() => setColorScheme("dark")}>Dark</Menu.Item>
        <Menu.Item onClick={() => setColorScheme("auto")}>As the system</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function UserMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" color="gray" aria-label="User">
          <UserIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => session.signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface HeaderProps {
  readonly opened: boolean;
  readonly onToggle: () => void;
}

/** On a narrow screen the name gives way, and the state of the connection is a dot alone: nothing may wrap. */
export function Header({ opened, onToggle }: HeaderProps) {
  return (
    <Group h="100%" px="md" gap="xs" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Burger opened={opened} onClick={onToggle} hiddenFrom="md" size="sm" aria-label="Navigation" />
        <Logo />
        <Text fw={650} className="product-name">
          trento-edge
        </Text>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Tooltip label="Whether this page follows the landscape as it changes">
          <div>
            <LiveIndicator />
          </div>
        </Tooltip>
        <ColorSchemeMenu />
        <UserMenu />
      </Group>
    </Group>
  );
}
