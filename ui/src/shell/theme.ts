/** How all of it looks, and what every dialog and menu has. */
import { Badge, createTheme, Menu, Modal } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "cyan",
  primaryShade: 9,
  // Black on a yellow filling.
  autoContrast: true,
  luminanceThreshold: 0.2,
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  components: {
    // What a badge says is a word of its subject, as `SFAIL`: it is shown as it is written, and whole.
    Badge: Badge.extend({ styles: { root: { textTransform: "none", minWidth: "max-content" } } }),
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        // It is an element `header`, which would be taken for a second banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    }),
    // The placeholder is an element without a role, which a menu may not have.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
  },
});
