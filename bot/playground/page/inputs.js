// The elements that people act on: buttons, menus, pickers, fields. Each reports what was chosen.

import { h } from "./dom.js";
import { icon } from "./icons.js";

export function control(part, context) {
  const make = MAKE[part.type] ?? (part.type.endsWith("_select") ? select : null);
  if (!make) return h("span", { class: "faint" }, `An element of type ${part.type}`);
  return make(part, context);
}

// What stands in a field now, in the form that the server takes; undefined if nothing was entered.
export function entered(field) {
  if (field.matches("fieldset")) {
    const picked = [...field.querySelectorAll("input:checked")].map((box) => box.value);
    return field.dataset.many ? picked : picked[0];
  }
  if (field.matches("select[multiple]")) return [...field.selectedOptions].map((o) => o.value);
  if (field.type === "datetime-local") return field.value ? Math.floor(new Date(field.value) / 1000) : undefined;
  return field.value || undefined;
}

const MAKE = {
  button: (part, { act, key }) => {
    const kind = part.style ? `button ${part.style}` : "button";
    if (part.url) {
      return h("a", { class: kind, href: part.url, target: "_blank", rel: "noreferrer noopener", "data-key": key, onclick: () => act() }, part.text.text);
    }
    const press = () => (confirmed(part.confirm) ? act() : null);
    return h("button", { type: "button", class: kind, "aria-label": part.accessibility_label, "data-key": key, onclick: press }, part.text.text);
  },
  feedback_buttons: (part, { act, key }) =>
    h("span", { class: "feedback", role: "group", "aria-label": "Was this right?" },
      [["positive_button", "up"], ["negative_button", "down"]].map(([name, sign]) => {
        const { text, value, accessibility_label: label } = part[name];
        const press = (event) => {
          for (const other of event.currentTarget.parentElement.children) other.setAttribute("aria-pressed", "false");
          event.currentTarget.setAttribute("aria-pressed", "true");
          act(value);
        };
        return h("button", { type: "button", class: "quiet", "aria-pressed": "false", "aria-label": label ?? text.text, "data-key": `${key}/${name}`, onclick: press }, icon(sign), ` ${text.text}`);
      })),
  icon_button: (part, { act, key }) =>
    h("button", { type: "button", class: "quiet", "data-key": key, onclick: () => act() }, icon("bin"), ` ${part.text.text}`),
  overflow: (part, { act, key }) => {
    const options = part.options.map((o) => h("option", { value: o.value }, o.text.text));
    const menu = h("select", { class: "quiet", "aria-label": "More", "data-key": key }, h("option", { value: "" }, "⋯"), options);
    menu.addEventListener("change", () => { if (menu.value) act(menu.value); menu.value = ""; });
    return menu;
  },
  checkboxes: (part, context) => boxes(part, context, "checkbox"),
  radio_buttons: (part, context) => boxes(part, context, "radio"),
  plain_text_input: (part, context) => {
    const tag = part.multiline ? "textarea" : "input";
    return field(tag, part, context, { maxlength: part.max_length ?? 3000, rows: part.multiline ? "4" : undefined }, part.initial_value);
  },
  email_text_input: (part, context) => field("input", part, context, { type: "email" }, part.initial_value),
  url_text_input: (part, context) => field("input", part, context, { type: "url" }, part.initial_value),
  number_input: (part, context) => field("input", part, context, { inputmode: "decimal" }, part.initial_value),
  datepicker: (part, context) => field("input", part, context, { type: "date" }, part.initial_date),
  timepicker: (part, context) => field("input", part, context, { type: "time" }, part.initial_time),
  datetimepicker: (part, context) => {
    const local = (seconds) => new Date((seconds - new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16);
    const made = field("input", part, context, { type: "datetime-local" }, undefined);
    const start = context.value?.selected_date_time ?? part.initial_date_time;
    if (start) made.value = local(start);
    return made;
  },
};

const confirmed = (confirm) => !confirm || window.confirm(`${confirm.title.text}\n\n${confirm.text.text}`);

function field(tag, part, { act, key, id, value, inForm }, more, initial) {
  const made = h(tag, { id, class: "field", placeholder: part.placeholder?.text, "data-key": key, autofocus: part.focus_on_load, "aria-label": inForm ? undefined : part.placeholder?.text ?? "Field", ...more });
  const kept = value && Object.entries(value).find(([name]) => name !== "type")?.[1];
  made.value = kept ?? initial ?? "";
  made.addEventListener("change", () => act(entered(made)));
  return made;
}

function boxes(part, { act, key, id, value }, type) {
  const many = type === "checkbox";
  const initial = many ? part.initial_options ?? [] : [part.initial_option].filter(Boolean);
  const kept = value ? (many ? value.selected_options : [value.selected_option].filter(Boolean)) : initial;
  const picked = new Set((kept ?? []).map((o) => o.value));
  const set = h("fieldset", { id, "data-key": key });
  if (many) set.dataset.many = "yes";
  set.append(...part.options.map((o) =>
    h("label", {}, h("input", { type, name: key, value: o.value, checked: picked.has(o.value) }), " ", o.text.text,
      o.description && h("span", { class: "faint" }, ` ${o.description.text}`))));
  set.addEventListener("change", () => act(entered(set)));
  return set;
}

function select(part, { act, key, id, value, names, inForm }) {
  const many = part.type.startsWith("multi_");
  const kind = part.type.replace("multi_", "").replace("_select", "");
  const options = optionsOf(part, kind, names);
  const said = value && Object.entries(value).find(([name]) => name !== "type")?.[1];
  const initial = said ?? part[`initial_${kind === "static" ? "option" : kind.slice(0, -1)}${many ? "s" : ""}`];
  const picked = new Set([initial].flat().filter(Boolean).map((o) => o.value ?? o));
  const made = h("select", { id, class: "field", multiple: many, "data-key": key, "aria-label": inForm ? undefined : part.placeholder?.text ?? "Choose" });
  if (!many) made.append(h("option", { value: "" }, part.placeholder?.text ?? "Choose"));
  made.append(...options.map(([name, label]) => h("option", { value: name, selected: picked.has(name) }, label)));
  if (many) made.size = Math.min(5, Math.max(2, options.length));
  made.addEventListener("change", () => act(entered(made)));
  return made;
}

function optionsOf(part, kind, names) {
  if (kind === "channels") return names.channels().filter((c) => c.kind === "public").map((c) => [c.id, `#${c.name}`]);
  if (kind === "conversations") return names.channels().map((c) => [c.id, c.kind === "im" ? `@${c.name}` : `#${c.name}`]);
  if (kind === "users") return names.people().map((u) => [u.id, u.real_name]);
  const groups = part.option_groups ? part.option_groups.flatMap((g) => g.options) : part.options ?? [];
  return groups.map((o) => [o.value, o.text.text]);
}
