// The conversation: messages, each with its thread under it, its files, its reactions and its menu.

import { renderBlocks } from "./blocks.js";
import { clock, h, refill } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./text.js";

export function makeConversation(place, { act, state, names, inspect, explain, reply, empty }) {
  const roots = new Map();
  let channel = null;

  function show(next, messages, statuses) {
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 120;
    if (next !== channel) {
      channel = next;
      roots.clear();
      place.replaceChildren();
    }
    const threads = group(messages);
    for (const [ts, root] of roots) if (!threads.has(ts)) { root.remove(); roots.delete(ts); }
    for (const [ts, { root, replies }] of threads) draw(ts, root, replies, statuses);
    if (!threads.size && !place.firstChild) place.append(h("p", { class: "empty" }, empty()));
    if (threads.size) place.querySelector(".empty")?.remove();
    if (atEnd || next.fresh) place.scrollTop = place.scrollHeight;
  }

  function group(messages) {
    const threads = new Map();
    for (const message of messages) {
      const key = message.thread_ts ?? message.ts;
      if (key === message.ts || !threads.has(key)) threads.set(key === message.ts ? key : message.ts, { root: message, replies: [] });
      else threads.get(key).replies.push(message);
    }
    return threads;
  }

  function draw(ts, root, replies, statuses) {
    const status = statuses.find((s) => s.channel === channel && s.thread_ts === ts);
    const version = JSON.stringify([root, replies, status]);
    let place_ = roots.get(ts);
    if (place_?.dataset.version === version) return;
    if (!place_) {
      place_ = h("article", { class: "root" }, h("div", { class: "said" }), h("div", { class: "slot" }));
      roots.set(ts, place_);
      place.append(place_);
    }
    place_.dataset.version = version;
    refill(place_.querySelector(".said"),
      message(root),
      (replies.length || status) && h("div", { class: "thread", role: "group", "aria-label": "Thread" },
        replies.map((m) => message(m)),
        status && h("p", { class: "status", role: "status" }, `${names.user(state().bot)} ${status.status}`)),
      !root.ephemeral && h("button", { type: "button", class: "quiet reply", "data-key": `reply/${ts}`, onclick: () => reply(root.channel, ts, place_.querySelector(".slot")) },
        replies.length ? "Reply in the thread" : "Reply"));
  }

  function message(m) {
    const fromBot = Boolean(m.bot_id);
    const blocks = m.blocks?.length ? m.blocks : null;
    const context = {
      names, state: m.state, scope: m.ts,
      act: (action, chosen) => act("click", { channel: m.channel, ts: m.ts, action, chosen }),
    };
    const files = (m.files ?? []).map((f) =>
      h("a", { class: "file", href: `/page/file/${f.id}`, download: f.name }, icon("file"), ` ${f.title || f.name}`, h("span", { class: "faint" }, ` ${size(f.size)}`)));
    const text = !blocks || m.streaming || (fromBot && m.text && blocks.every((b) => ["task_card", "context_actions"].includes(b.type)));
    return h("div", { class: `message ${m.ephemeral ? "ephemeral" : ""}` },
      h("div", { class: `face ${fromBot ? "bot" : ""}`, "aria-hidden": "true" }, names.user(m.user)[0].toUpperCase()),
      h("div", { class: "content" },
        h("div", { class: "by" },
          h("strong", {}, names.user(m.user)),
          fromBot && h("span", { class: "tag" }, "APP"),
          h("time", {}, clock(Number(m.ts))),
          m.edited && h("span", { class: "faint" }, "(edited)"),
          menu(m)),
        m.ephemeral && h("p", { class: "faint" }, icon("eye"), " Only visible to you"),
        text && m.text && h("div", { class: "text" }, mrkdwn(m.text, names)),
        blocks && renderBlocks(blocks, context),
        files,
        m.reactions && h("div", { class: "reactions" }, m.reactions.map((r) =>
          h("button", { type: "button", class: "quiet", onclick: () => act("react", { channel: m.channel, ts: m.ts, name: r.name }) }, `${mrkdwn(`:${r.name}:`, names).join("")} ${r.count}`)))));
  }

  function menu(m) {
    const shortcuts = state().shortcuts.filter((s) => s.type === "message");
    const own = m.user === state().me;
    const at = { channel: m.channel, ts: m.ts };
    const items = [
      ...(m.ephemeral ? [] : shortcuts.map((s) => [s.name, () => act("shortcut", { ...at, shortcut: s.callback_id })])),
      ...(m.ephemeral ? [["Dismiss", () => act("dismiss", at)]] : [["React with eyes", () => act("react", { ...at, name: "eyes" })]]),
      ...(own ? [["Edit", () => { const text = window.prompt("Edit the message", typed(m)); if (text) act("edit", { ...at, text }); }]] : []),
      ...(own ? [["Delete", () => act("delete", at)]] : []),
      ...(m.bot_id && state().looks.includes("receipt") ? [["Why this answer", () => explain(m)]] : []),
      ["Inspect", () => inspect(`message ${m.ts}`, m)],
    ];
    return dropdown("⋯", "More actions", items, `menu/${m.ts}`);
  }

  const typed = (m) => m.text.replace(/<@(\w+)>/g, (all, id) => `@${state().users[id]?.name ?? id}`).replace(/<([^>]+)>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

  return { show };
}

export function dropdown(sign, label, items, key) {
  const details = h("details", { class: "menu" },
    h("summary", { "aria-label": label, title: label, "data-key": key }, sign),
    h("div", { class: "items" }, items.map(([name, run]) =>
      h("button", { type: "button", onclick: () => { details.open = false; run(); } }, name))));
  details.addEventListener("focusout", (event) => { if (!details.contains(event.relatedTarget)) details.open = false; });
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { details.open = false; details.querySelector("summary").focus(); }
  });
  return details;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`);
