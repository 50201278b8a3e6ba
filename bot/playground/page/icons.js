// The few signs that the page draws itself, so that they look the same without an emoji font.

import { svg } from "./dom.js";

const PATHS = {
  attach: "M13.5 7.5l-5.6 5.6a2.6 2.6 0 0 1-3.7-3.7l6.2-6.2a1.8 1.8 0 0 1 2.5 2.5l-6.1 6.1a.9.9 0 0 1-1.3-1.3L10.8 5",
  shortcut: "M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z",
  up: "M2 7h2.5v7H2zM4.5 7.5L7.5 2c1.2 0 1.6.9 1.3 2L8.3 6.3H13c.8 0 1.3.8 1.1 1.5l-1.4 5c-.2.7-.7 1.2-1.4 1.2H4.5",
  down: "M2 9h2.5V2H2zM4.5 8.5L7.5 14c1.2 0 1.6-.9 1.3-2l-.5-2.3H13c.8 0 1.3-.8 1.1-1.5l-1.4-5C12.5 2.5 12 2 11.3 2H4.5",
  eye: "M1 8s2.5-4.5 7-4.5S15 8 15 8s-2.5 4.5-7 4.5S1 8 1 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  file: "M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13",
  image: "M2 3h12v10H2zM2 11l3.5-3.5L8 10l3-3.5 3 3.5M5.5 6.5a1 1 0 1 0 0-2 1 1 0 0 0 0 2",
  bin: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}
