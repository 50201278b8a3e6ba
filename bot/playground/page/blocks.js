// Blocks as elements. `context` says how names are found and what happens on an action.

import { chart } from "./chart.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { control } from "./inputs.js";
import { emoji, link, markdown, mrkdwn, textOf } from "./text.js";

export function renderBlocks(blocks, context) {
  return blocks.map((block) => (RENDER[block.type] ?? unknown)(block, context));
}

const RENDER = {
  section: (block, context) =>
    h("div", { class: "block section" },
      h("div", { class: "grow" },
        block.text && h("div", { class: "text" }, textOf(block.text, context.names)),
        block.fields && h("div", { class: "fields" }, block.fields.map((f) => h("div", {}, textOf(f, context.names))))),
      block.accessory && element(block, block.accessory, context)),
  header: (block) => h("h3", { class: "block header" }, emoji(block.text.text)),
  divider: () => h("hr", { class: "block" }),
  context: (block, context) =>
    h("div", { class: "block context" },
      block.elements.map((e) => (e.type === "image" ? image(e) : h("span", {}, textOf(e, context.names))))),
  actions: (block, context) =>
    h("div", { class: "block actions" }, block.elements.map((e) => element(block, e, context))),
  context_actions: (block, context) =>
    h("div", { class: "block context-actions" }, block.elements.map((e) => element(block, e, context))),
  markdown: (block, context) => h("div", { class: "block markdown" }, markdown(block.text, context.names)),
  rich_text: (block, context) => h("div", { class: "block rich" }, block.elements.map((e) => richPart(e, context))),
  image: (block) => h("figure", { class: "block" }, block.title && h("figcaption", {}, block.title.text), image(block)),
  table: (block, context) => dataTable({ ...block, page_size: 100, caption: "" }, context),
  data_table: dataTable,
  data_visualization: chart,
  input: input,
  alert: (block, context) => h("div", { class: "block alert", role: "note" }, textOf(block.text, context.names)),
  task_card: (block) => h("div", { class: "block task" }, `${TASK[block.status] ?? "○"} ${block.title}`),
};
const TASK = { complete: "✓", in_progress: "…", error: "✗" };

function unknown(block) {
  return h("div", { class: "block unknown" }, `A block of type ${block.type}`);
}

function image(block) {
  return h("span", { class: "picture" }, icon("image"), ` ${block.alt_text}`);
}

function element(block, part, context) {
  return control(part, {
    ...context,
    key: `${context.scope}/${block.block_id}/${part.action_id}`,
    value: context.state?.[block.block_id]?.[part.action_id],
    act: (chosen) => context.act(part.action_id, chosen),
  });
}

function input(block, context) {
  const id = `${context.scope}-${block.block_id}`;
  const field = control(block.element, {
    ...context,
    id,
    key: id,
    value: context.state?.[block.block_id]?.[block.element.action_id],
    act: block.dispatch_action ? (chosen) => context.act(block.element.action_id, chosen) : () => {},
    inForm: true,
  });
  const error = h("p", { class: "error", id: `${id}-error`, "data-block": block.block_id });
  field.dataset.input = block.block_id;
  field.setAttribute("aria-describedby", `${id}-error`);
  const many = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const label = h(many ? "div" : "label", many ? { class: "label", id: `${id}-label` } : { for: id, class: "label" },
    block.label.text, block.optional && h("span", { class: "faint" }, " (optional)"));
  if (many) field.setAttribute("aria-labelledby", `${id}-label`);
  return h("div", { class: "block input" }, label, field, block.hint && h("p", { class: "faint" }, block.hint.text), error);
}

// ---- rich text

function richPart(part, context) {
  switch (part.type) {
    case "rich_text_quote":
      return h("blockquote", {}, part.elements.map((e) => rich(e, context)));
    case "rich_text_preformatted":
      return h("pre", {}, part.elements.map((e) => rich(e, context)));
    case "rich_text_list":
      return h(part.style === "ordered" ? "ol" : "ul", {},
        part.elements.map((item) => h("li", {}, item.elements.map((e) => rich(e, context)))));
    default:
      return h("div", {}, part.elements.map((e) => rich(e, context)));
  }
}

function rich(part, { names }) {
  let node;
  if (part.type === "link") node = link(part.url, part.text ?? part.url);
  else if (part.type === "user") node = h("span", { class: "mention" }, `@${names.user(part.user_id)}`);
  else if (part.type === "channel") node = h("span", { class: "mention" }, `#${names.channel(part.channel_id)}`);
  else if (part.type === "broadcast") node = h("span", { class: "mention rings" }, `@${part.range}`);
  else if (part.type === "emoji") node = emoji(`:${part.name}:`);
  else node = part.text ?? part.fallback ?? "";
  for (const [style, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"], ["highlight", "mark"]]) {
    if (part.style?.[style]) node = h(tag, {}, node);
  }
  return node;
}

// ---- tables

const cellText = (cell) => {
  if (cell.type === "raw_number") return cell.text ?? cell.value.toLocaleString("en-US");
  if (cell.type === "raw_text") return cell.text;
  return cell.elements.flatMap((e) => e.elements.map((i) => i.text ?? "")).join("");
};
const isNumber = (cell) => cell.type === "raw_number" || /^[−-]?[\d,.]+( ?%)?$/.test(cellText(cell));

function dataTable(block, context) {
  const [header, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const view = { sorted: null, up: true, page: 0 };
  const body = h("tbody");
  const pager = h("div", { class: "pager" });
  const heads = header.map((cell, column) => {
    const button = h("button", { type: "button", onclick: () => sort(column) }, cellText(cell));
    const align = rows.length && rows.every((row) => isNumber(row[column])) ? "number" : "";
    return h("th", { scope: "col", class: align }, button);
  });
  const value = (cell) => cell.value ?? (isNumber(cell) ? Number(cellText(cell).replace(/[^\d.-]/g, "")) : cellText(cell));
  function sort(column) {
    view.up = view.sorted === column ? !view.up : true;
    view.sorted = column;
    rows.sort((a, b) => {
      const [x, y] = [value(a[column]), value(b[column])];
      return (x < y ? -1 : x > y ? 1 : 0) * (view.up ? 1 : -1);
    });
    heads.forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", view.up ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    show();
  }
  function show() {
    const pages = Math.ceil(rows.length / size);
    body.replaceChildren(...rows.slice(view.page * size, (view.page + 1) * size).map((row) =>
      h("tr", {}, row.map((cell, column) => h("td", { class: heads[column].className },
        cell.type === "rich_text" ? cell.elements.map((e) => richPart(e, context)) : cellText(cell))))));
    const turn = (by, label) =>
      h("button", { type: "button", disabled: !(view.page + by >= 0 && view.page + by < pages), onclick: () => { view.page += by; show(); } }, label);
    pager.replaceChildren(...(pages > 1 ? [turn(-1, "‹ Earlier rows"), `${view.page + 1} of ${pages}`, turn(1, "More rows ›")] : []));
  }
  show();
  return h("div", { class: "block table" },
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": block.caption || "Table" },
      h("table", {}, block.caption && h("caption", {}, block.caption), h("thead", {}, h("tr", {}, heads)), body)),
    pager);
}

export { mrkdwn };
