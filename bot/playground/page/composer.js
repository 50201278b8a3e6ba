// The message box: text, slash commands with their hints, shortcuts, files dropped or chosen.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { dropdown } from "./messages.js";

export function makeComposer(form, { state, say, attach, act, thread = false }) {
  const text = h("textarea", { id: thread ? undefined : "typed", rows: "1", "aria-label": thread ? "Reply in the thread" : "Message", "data-key": thread ? "reply-text" : "typed" });
  const hints = h("div", { class: "hints", role: "status" });
  const files = h("input", { type: "file", multiple: true, class: "spoken", tabindex: "-1", "aria-label": "Attach a file" });
  const send = () => {
    const said = text.value.trim();
    if (!said) return;
    text.value = "";
    grow();
    say(said);
  };
  const grow = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, 180)}px`;
    hint();
  };
  function hint() {
    const typed = text.value;
    const found = thread || !typed.startsWith("/") ? [] : state().commands.filter((c) => c.command.startsWith(typed.split(" ")[0]));
    hints.replaceChildren(...found.map((c) =>
      h("button", { type: "button", onclick: () => { text.value = `${c.command} `; text.focus(); hint(); } },
        h("strong", {}, c.command), ` ${c.usage_hint ?? ""}`, h("span", { class: "faint" }, ` ${c.description}`))));
  }
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
    if (event.key === "Tab" && hints.firstChild && !text.value.includes(" ")) { event.preventDefault(); hints.firstChild.click(); }
  });
  files.addEventListener("change", () => { [...files.files].forEach(attach); files.value = ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });

  const shortcuts = thread ? [] : state().shortcuts.filter((s) => s.type === "global");
  form.replaceChildren(hints,
    h("div", { class: "row" },
      h("button", { type: "button", class: "quiet", "aria-label": "Attach a file", title: "Attach a file", onclick: () => files.click() }, icon("attach")), files,
      ...(shortcuts.length ? [dropdown(icon("shortcut"), "Shortcuts", shortcuts.map((s) => [s.name, () => act("shortcut", { shortcut: s.callback_id })]), "shortcuts")] : []),
      text,
      h("button", { type: "submit", class: "button primary" }, "Send")));
  return { focus: () => text.focus(), placeholder: (words) => { text.placeholder = words; } };
}
