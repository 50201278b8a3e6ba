// What the app tells of itself: the receipt of an answer, the documents that it holds, and one of them opened.

import { h } from "./dom.js";

const section = (title, ...children) => [h("h3", {}, title), ...children];
const listed = (items) => h("ol", { class: "plain" }, items.map((item) => h("li", {}, item)));
const number = (value) => value.toLocaleString("en");

export function drawReceipt(receipt, open) {
  return h("div", { class: "receipt" },
    h("p", {}, h("strong", {}, receipt.question)),
    h("p", {}, receipt.headline),
    section("Read as", h("dl", {}, Object.entries(receipt.slots).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))),
    section("Steps", listed(receipt.steps)),
    receipt.citations.length > 0 && section("Rests on", receipt.citations.map((cited) =>
      h("button", { type: "button", class: "cited", onclick: () => open(cited.document, cited.quote) },
        h("span", {}, `“${cited.quote}”`), h("span", { class: "faint" }, `${cited.title} — open the document`)))),
    receipt.statements.length > 0 && section("Looked up in SQLite", receipt.statements.map((sql) => h("pre", { tabindex: "0" }, sql))),
    receipt.searches.map((search) => section(`Searched: ${search.query}`, listed(search.hits.slice(0, 8).map((hit) =>
      `${hit.score.toFixed(2)} · ${hit.document} › ${hit.heading || "the text"} (${hit.terms.join(", ")})`)))),
    receipt.sentences.length > 0 && section("Sentences, by log-odds", listed(receipt.sentences.map((one) => `${one.score.toFixed(2)} · ${one.text}`))),
    receipt.corrections.length > 0 && section("Corrections", listed(receipt.corrections)),
    h("p", { class: "faint" }, `Confidence ${receipt.confidence.toFixed(2)}; a sentence needs ${receipt.threshold.toFixed(2)}. As of ${receipt.day}, index ${receipt.index}, answer ${receipt.id}.`));
}

export function drawDocuments(documents, open, attach) {
  const files = h("input", { type: "file", multiple: true, class: "spoken", tabindex: "-1", "aria-label": "Add a document" });
  files.addEventListener("change", () => { [...files.files].forEach((file) => attach(file)); files.value = ""; });
  const drop = h("button", { type: "button", class: "drop", onclick: () => files.click() },
    h("strong", {}, "Add a document"), h("span", { class: "faint" }, "Drop a PDF, a Word file, a web page or a table here, or choose one. The app says what it read before it takes it in."));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("dropping"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("dropping"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("dropping");
    [...event.dataTransfer.files].forEach((file) => attach(file));
  });
  return h("div", {}, drop, files,
    h("ul", { class: "documents" }, documents.map((one) => h("li", {},
      h("button", { type: "button", class: "cited", onclick: () => open(one.id) },
        h("span", {}, one.title),
        h("span", { class: "faint" }, [one.published, `${number(one.passages)} passages`, `${number(one.figures)} figures`].filter(Boolean).join(" · ")),
        one.warnings.map((warning) => h("span", { class: "faint" }, warning)))))));
}

export function drawDocument(shown, back) {
  const whole = shown.rows
    ? h("div", { class: "document", tabindex: "0" }, shown.rows.map((row, at) => h("p", {}, at === shown.row ? h("mark", {}, row) : row)),
      shown.all_rows > shown.rows.length && h("p", { class: "faint" }, `${number(shown.rows.length)} of ${number(shown.all_rows)} rows`))
    : h("div", { class: "document", tabindex: "0" }, shown.span
      ? [shown.text.slice(0, shown.span[0]), h("mark", {}, shown.text.slice(...shown.span)), shown.text.slice(shown.span[1])]
      : shown.text);
  return h("div", {},
    h("button", { type: "button", class: "quiet", onclick: back }, "← All documents"),
    h("p", {}, h("strong", {}, shown.title)),
    shown.source && h("p", { class: "faint" }, shown.source),
    whole);
}
