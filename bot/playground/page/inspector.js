// What went over the line: events and interactions to the app, its acks, its calls, and Slack's answers.

import { clock, h, refill } from "./dom.js";
import { drawDocument, drawDocuments, drawReceipt } from "./looks.js";

const KINDS = { event: "Event to the app", interaction: "Interaction to the app", call: "Call from the app", refused: "Refused" };
const ARROWS = { event: "→", interaction: "→", call: "←", refused: "✕" };
const MOST = 200;

export function makeInspector(place, { close, look, last, attach }) {
  const list = h("ol", { class: "entries" });
  const rows = new Map();
  let wanted = "";
  const filter = h("select", { "aria-label": "Show", onchange: () => { wanted = filter.value; for (const row of rows.values()) hide(row); } },
    h("option", { value: "" }, "Everything"),
    Object.entries(KINDS).slice(0, 3).map(([kind, label]) => h("option", { value: kind }, `${label}s`.replace(" to the apps", "s to the app").replace(" from the apps", "s from the app"))));
  const hide = (row) => { row.hidden = Boolean(wanted) && row.dataset.kind !== wanted; };
  const panels = {
    events: h("section", { role: "tabpanel", "aria-label": "Events" },
      h("p", { class: "faint" }, "Each event, call and answer between the app and this Slack, the newest first."), filter, list),
    receipt: h("section", { role: "tabpanel", "aria-label": "Receipt", hidden: true }),
    documents: h("section", { role: "tabpanel", "aria-label": "Documents", hidden: true }),
  };
  const titles = { events: "Events", receipt: "Receipt", documents: "Documents" };
  const tabs = Object.entries(titles).map(([name, title]) =>
    h("button", { type: "button", role: "tab", class: "tab", "data-tab": name, "aria-selected": String(name === "events"), onclick: () => open(name) }, title));
  place.append(
    h("header", {}, h("h2", { class: "spoken" }, "Inspector"), h("div", { role: "tablist", "aria-label": "What is inspected" }, tabs),
      h("button", { type: "button", class: "quiet only-narrow end", onclick: close, "aria-label": "Close the inspector" }, "✕")),
    ...Object.values(panels));

  function turn(name) {
    for (const [key, panel] of Object.entries(panels)) panel.hidden = key !== name;
    for (const tab of tabs) tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
    place.scrollTop = 0;
  }

  async function open(name) {
    turn(name);
    if (name === "receipt") await receipt(last());
    if (name === "documents") await documents();
  }

  const told = (panel, asked, draw) =>
    look(...asked).then((got) => refill(panel, got.error ? h("p", { class: "faint" }, got.error) : draw(got)),
      (error) => refill(panel, h("p", { class: "error" }, `That cannot be shown: ${error.message}`)));

  async function receipt(message) {
    turn("receipt");
    if (!message) { refill(panels.receipt, h("p", { class: "faint" }, "Ask something: here stands how its answer came about.")); return; }
    await told(panels.receipt, ["receipt", { channel: message.channel, ts: message.ts }], (got) => drawReceipt(got, document_));
  }

  async function documents() {
    await told(panels.documents, ["documents", {}], (got) => drawDocuments(got.documents, document_, attach));
  }

  async function document_(id, quote) {
    turn("documents");
    await told(panels.documents, ["document", { id, quote: quote ?? "" }], (got) => drawDocument(got, documents));
    panels.documents.querySelector("mark")?.scrollIntoView({ block: "center" });
  }

  function add(entry) {
    const made = row(entry);
    const old = rows.get(entry.number);
    if (old) {
      made.open = old.firstChild.open;
      if (old.firstChild.open) made.firstChild.open = true;
      old.replaceWith(made);
    } else list.prepend(made);
    rows.set(entry.number, made);
    hide(made);
    if (rows.size > MOST) {
      const [first, gone] = rows.entries().next().value;
      gone.remove();
      rows.delete(first);
    }
  }

  return {
    add,
    receipt,
    available(looks) { for (const tab of tabs) tab.hidden = tab.dataset.tab !== "events" && !looks.some((name) => name.startsWith(tab.dataset.tab)); },
    reset(entries) {
      rows.clear();
      list.replaceChildren();
      entries.forEach(add);
    },
    show(title, value) {
      turn("events");
      const made = h("li", { "data-kind": "message" }, h("details", { open: true }, h("summary", {}, h("span", { class: "name" }, title)), json(value)));
      list.prepend(made);
      made.scrollIntoView({ block: "nearest" });
    },
  };
}

function row(entry) {
  const took = entry.milliseconds === null ? "" : `${entry.milliseconds < 10 ? entry.milliseconds.toFixed(1) : Math.round(entry.milliseconds)} ms`;
  const fine = ["ok", "acked"].includes(entry.outcome);
  const details = h("details", {},
    h("summary", {},
      h("span", { class: "arrow", "aria-hidden": "true" }, ARROWS[entry.kind] ?? "·"),
      h("span", { class: "name" }, h("span", { class: "spoken" }, `${KINDS[entry.kind] ?? entry.kind}: `), entry.name.split(/(?<=[._ ])/).flatMap((part) => [part, h("wbr")])),
      h("span", { class: `outcome ${fine ? "fine" : entry.outcome ? "bad" : ""}` }, entry.outcome || "sent"),
      h("span", { class: "took" }, took),
      h("time", {}, clock(entry.at))));
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("pre")) return;
    details.append(h("h3", {}, entry.kind === "call" ? "Asked" : "Sent"), json(entry.sent));
    if (entry.answered !== null && entry.answered !== undefined) details.append(h("h3", {}, "Answered"), json(entry.answered));
  });
  return h("li", { "data-kind": entry.kind }, details);
}

const json = (value) => h("pre", { tabindex: "0" }, JSON.stringify(value, null, 2));
