/** The way to every list. */
import { NavLink } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import {
  CheckIcon,
  ClusterIcon,
  DatabaseIcon,
  HostIcon,
  InfoIcon,
  KeyIcon,
  LabIcon,
  LogIcon,
  OverviewIcon,
  SapSystemIcon,
} from "./icons.tsx";

interface Destination {
  readonly path: string;
  readonly label: string;
  readonly icon: ReactNode;
}

const destinations: readonly Destination[] = [
  { path: "/", label: "At a glance", icon: <OverviewIcon /> },
  { path: "/hosts", label: "Hosts", icon: <HostIcon /> },
  { path: "/clusters", label: "Clusters", icon: <ClusterIcon /> },
  { path: "/sap_systems", label: "SAP systems", icon: <SapSystemIcon /> },
  { path: "/databases", label: "Databases", icon: <DatabaseIcon /> },
  { path: "/checks", label: "Checks", icon: <CheckIcon /> },
  { path: "/lab", label: "Check lab", icon: <LabIcon /> },
  { path: "/activity_log", label: "Activity log", icon: <LogIcon /> },
  { path: "/settings", label: "Settings", icon: <KeyIcon /> },
  { path: "/about", label: "About", icon: <InfoIcon /> },
];

/** A page of one resource belongs to the list of its type. */
function isAt(pathname: string, path: string): boolean {
  return pathname === path || (path !== "/" && pathname.startsWith(`${path}/`));
}

interface NavigationProps {
  /** On a narrow screen the navigation gives way to the page. */
  readonly onNavigate: () => void;
}

export function Navigation({ onNavigate }: NavigationProps) {
  const { pathname } = useLocation();
  return destinations.map(({ path, label, icon }) => (
    <NavLink
      key={path}
      component={Link}
      to={path}
      label={label}
      leftSection={icon}
      active={isAt(pathname, path)}
      aria-current={isAt(pathname, path) ? "page" : undefined}
      onClick={onNavigate}
      style={{ borderRadius: 6 }}
    />
  ));
}
