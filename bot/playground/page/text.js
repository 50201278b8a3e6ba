// Slack's two markups as nodes: mrkdwn (what most texts are) and Markdown (the markdown block).

import { h } from "./dom.js";

const EMOJI = {
  eyes: "👀", white_check_mark: "✅", x: "❌", warning: "⚠️", "+1": "👍", "-1": "👎", thumbsup: "👍",
  thumbsdown: "👎", bulb: "💡", mag: "🔍", tada: "🎉", hourglass: "⌛", memo: "📝", chart_with_upwards_trend: "📈",
};
const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
export const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

const INLINE = new RegExp(
  [
    "<([^<>]+)>",
    "`([^`\\n]+)`",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]+?)(?<=\\S)\\*(?![\\w*])",
    "(?<![\\w_])_(?=\\S)([^_\\n]+?)(?<=\\S)_(?![\\w_])",
    "(?<![\\w~])~(?=\\S)([^~\\n]+?)(?<=\\S)~(?![\\w~])",
  ].join("|"),
  "g",
);

function inline(text, names) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > at) nodes.push(emoji(unescape(text.slice(at, found.index))));
    const [all, entity, code, bold, italic, strike] = found;
    if (entity !== undefined) nodes.push(control(entity, names));
    else if (code !== undefined) nodes.push(h("code", {}, unescape(code)));
    else if (bold !== undefined) nodes.push(h("strong", {}, inline(bold, names)));
    else if (italic !== undefined) nodes.push(h("em", {}, inline(italic, names)));
    else if (strike !== undefined) nodes.push(h("s", {}, inline(strike, names)));
    at = found.index + all.length;
  }
  if (at < text.length) nodes.push(emoji(unescape(text.slice(at))));
  return nodes;
}

function control(entity, names) {
  const [target, label] = entity.split("|");
  if (target[0] === "@") return h("span", { class: "mention" }, `@${names.user(target.slice(1))}`);
  if (target[0] === "#") return h("span", { class: "mention" }, `#${names.channel(target.slice(1), label)}`);
  if (target[0] === "!") {
    if (target.startsWith("!date")) return unescape(label ?? target);
    return h("span", { class: "mention rings" }, `@${target.slice(1)}`);
  }
  return link(unescape(target), unescape(label ?? target));
}

export function link(url, label) {
  if (!/^(https?|mailto):/i.test(url)) return label;
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, label);
}

export function mrkdwn(text, names) {
  const parts = text.split(/```\n?([\s\S]*?)```/g);
  return parts.flatMap((part, number) => (number % 2 ? h("pre", {}, unescape(part)) : lines(part, names)));
}

function lines(text, names) {
  const nodes = [];
  let quote = [];
  const close = () => {
    if (quote.length) nodes.push(h("blockquote", {}, quote));
    quote = [];
  };
  text.split("\n").forEach((line, number, all) => {
    const quoted = line.match(/^(?:&gt;|>)\s?(.*)$/);
    if (quoted) quote.push(h("div", {}, inline(quoted[1], names)));
    else {
      close();
      nodes.push(...inline(line, names));
      if (number < all.length - 1) nodes.push(h("br"));
    }
  });
  close();
  return nodes;
}

export function textOf(object, names) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : [emoji(object.text)];
}

// Enough of Markdown for what bots write: headings, lists, quotes, code, bold, italic, links.
export function markdown(text, names) {
  const nodes = [];
  let list = null;
  for (const line of text.split("\n")) {
    const item = line.match(/^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/);
    if (item) {
      if (!list) nodes.push((list = h(item[1] ? "ol" : "ul")));
      list.append(h("li", {}, spans(item[2], names)));
      continue;
    }
    list = null;
    const heading = line.match(/^(#{1,6})\s+(.*)$/);
    const quoted = line.match(/^>\s?(.*)$/);
    if (heading) nodes.push(h("p", { class: "heading" }, spans(heading[2], names)));
    else if (quoted) nodes.push(h("blockquote", {}, spans(quoted[1], names)));
    else if (line.trim()) nodes.push(h("p", {}, spans(line, names)));
  }
  return nodes;
}

function spans(text, names) {
  const pattern = /\*\*([^*]+)\*\*|\*([^*]+)\*|_([^_]+)_|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|<([^<>]+)>/g;
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) nodes.push(emoji(text.slice(at, found.index)));
    const [all, bold, star, under, code, label, url, entity] = found;
    if (bold) nodes.push(h("strong", {}, bold));
    else if (star || under) nodes.push(h("em", {}, star || under));
    else if (code) nodes.push(h("code", {}, code));
    else if (url) nodes.push(link(url, label));
    else nodes.push(control(entity, names));
    at = found.index + all.length;
  }
  if (at < text.length) nodes.push(emoji(text.slice(at)));
  return nodes;
}
