// Modals and the App Home.

import { renderBlocks } from "./blocks.js";
import { h, refill } from "./dom.js";
import { entered } from "./inputs.js";

export function makeModal(dialog, { act, names }) {
  let shown = null;
  let working = false;
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (shown) act("close", { view: shown.id, all: true });
  });

  function values() {
    const found = {};
    for (const field of dialog.querySelectorAll("[data-input]")) {
      const value = entered(field);
      if (value !== undefined) found[field.dataset.input] = value;
    }
    return found;
  }

  function submit(event) {
    event.preventDefault();
    working = true;
    dialog.querySelector(".primary")?.setAttribute("aria-busy", "true");
    act("submit", { view: shown.id, values: values() });
  }

  function showErrors(errors) {
    for (const place of dialog.querySelectorAll(".error")) place.textContent = errors[place.dataset.block] ?? "";
    if (Object.keys(errors).length || !working) dialog.querySelector(".primary")?.removeAttribute("aria-busy");
    const first = Object.keys(errors).find(Boolean);
    if (first) dialog.querySelector(`[data-input="${CSS.escape(first)}"]`)?.focus();
  }

  return function show(view) {
    if (!view) {
      shown = null;
      if (dialog.open) dialog.close();
      return;
    }
    const same = shown && shown.id === view.id && shown.hash === view.hash;
    shown = view;
    if (!same) {
      working = false;
      const context = {
        names,
        scope: view.id,
        state: view.state.values,
        act: (action, chosen) => act("click_view", { view: view.id, action, chosen }),
      };
      const close = () => act("close", { view: view.id });
      refill(dialog,
        h("form", { onsubmit: submit, novalidate: true },
          h("header", {},
            h("h2", { id: "modal-title" }, view.title.text),
            h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: () => act("close", { view: view.id, all: true }) }, "✕")),
          h("div", { class: "body", tabindex: "-1" }, renderBlocks(view.blocks, context)),
          h("p", { class: "error", role: "alert", "data-block": "" }),
          h("footer", {},
            h("button", { type: "button", class: "button", onclick: close }, view.close?.text ?? (view.depth > 1 ? "Back" : "Close")),
            view.submit && h("button", { type: "submit", class: "button primary" }, view.submit.text))));
    }
    if (!dialog.open) dialog.showModal();
    showErrors(view.errors ?? {});
  };
}

export function renderHome(place, view, { act, names }) {
  if (!view) {
    refill(place, h("p", { class: "empty" }, "Nothing is published here yet."));
    return;
  }
  const context = {
    names,
    scope: view.id,
    state: view.state.values,
    act: (action, chosen) => act("click_view", { view: view.id, action, chosen }),
  };
  refill(place, renderBlocks(view.blocks, context));
}
