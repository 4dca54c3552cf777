/** The shape of each health, for who cannot tell them by colour. */
import type { ReactNode } from "react";
import type { Health } from "../../../domain/health.ts";
import { Icon } from "../shell/icon.tsx";

export const healthIcons: Readonly<Record<Health, ReactNode>> = {
  passing: (
    <Icon size={12}>
      <path d="m5 12.5 5 5L19.5 7" strokeWidth="3" />
    </Icon>
  ),
  warning: (
    <Icon size={12}>
      <path d="M12 3 22 20.5H2zM12 10v4M12 17.3v.2" />
    </Icon>
  ),
  critical: (
    <Icon size={12}>
      <path d="M6 6l12 12M18 6 6 18" strokeWidth="3" />
    </Icon>
  ),
  unknown: (
    <Icon size={12}>
      <path d="M7.5 8.5a4.5 4.5 0 1 1 6.5 4c-1.4.7-2 1.5-2 3M12 20v.2" strokeWidth="3" />
    </Icon>
  ),
};
