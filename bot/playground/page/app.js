// The page: three panes over one state, as one of the workspace's people.

import { makeComposer } from "./composer.js";
import { h, refill } from "./dom.js";
import { makeInspector } from "./inspector.js";
import { makeConversation } from "./messages.js";
import { act as send, live, look, seen, upload } from "./server.js";
import { makeModal, renderHome } from "./views.js";

const find = (id) => document.getElementById(id);
const body = document.body;
let state = null;
let here = null;
let tab = "messages";
let hangUp = () => {};
let trouble = "";
let early = [];
const unread = new Map();
const messages = new Map();

const names = {
  user: (id) => state.users[id]?.real_name ?? id,
  channel: (id, label) => state.channels.find((c) => c.id === id)?.name ?? label ?? id,
  channels: () => state.channels,
  people: () => state.people.map((id) => ({ id, ...state.users[id] })),
};

const doing = (name, said = {}) =>
  send(name, { user: state.me, ...said }).then(() => say(""), (error) => say(`That did not work: ${error.message}`));
const say = (words) => { trouble = words; drawState(); };

const inspector = makeInspector(find("inspector"), {
  close: () => body.classList.remove("inspecting"),
  look: (name, asked) => look(name, { user: state.me, ...asked }),
  last: () => messages.get(here).findLast((m) => m.bot_id && !m.streaming),
  attach: give,
});
const showModal = makeModal(find("modal"), { act: doing, names });
const conversation = makeConversation(find("messages"), {
  act: doing, state: () => state, names, reply: openReply,
  empty: () => (current().kind === "im" ? `${state.description} Ask it anything, or take one of these.`.trim() : "Nothing was said here yet."),
  explain: (message) => { body.classList.add("inspecting"); inspector.receipt(message); },
  inspect: (title, value) => { body.classList.add("inspecting"); inspector.show(title, value); },
});
let composer = null;

// The line is opened before the state is read, and what comes in between is kept: nothing falls into the gap.
function start(user) {
  hangUp();
  hangUp = live(user, (change) => (early ? early.push(change) : changed(change)), () => load(user));
}

async function load(user) {
  early = early ?? [];
  state = await seen(user);
  messages.clear();
  for (const channel of state.channels) messages.set(channel.id, []);
  for (const message of state.messages) messages.get(message.channel).push(message);
  inspector.reset(state.entries);
  inspector.available(state.looks);
  document.title = `${names.user(state.bot)} · Playground`;
  const wanted = state.channels.find((c) => c.id === here) ?? state.channels.find((c) => c.kind === "im") ?? state.channels[0];
  composer = makeComposer(find("composer"), { state: () => state, act: doing, say: speak, attach });
  const back = tab === "home" && wanted.id === here;
  visit(wanted.id);
  if (back) turn("home");
  const kept = early;
  early = null;
  kept.forEach(changed);
}

let waiting = false;
function later() {
  if (waiting || !state) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

function changed(change) {
  if (change.kind === "message" || change.kind === "deleted") take(change);
  else if (change.kind === "entry") inspector.add(change.entry);
  else if (change.kind === "moving") Object.assign(state, change);
  else if (change.kind === "failure") say(`The app did not answer in time (${change.reason}).`);
  else if (change.kind === "channel" || change.kind === "looks") load(state.me);
  else if (change.kind === "cut" && state) state.connections = -1;
  if (change.connections !== undefined && state) state.connections = change.connections;
  later();
}

function take({ kind, message }) {
  const list = messages.get(message.channel);
  if (!list) { load(state.me); return; }
  const at = list.findIndex((m) => m.ts === message.ts);
  if (kind === "deleted") { if (at >= 0) list.splice(at, 1); }
  else if (at >= 0) list[at] = message;
  else {
    list.push(message);
    if (message.channel !== here && message.user !== state.me) unread.set(message.channel, (unread.get(message.channel) ?? 0) + 1);
  }
}

// ---- drawing

function draw() {
  drawPlaces();
  drawHead();
  drawState();
  showModal(state.modal);
  const home = tab === "home";
  find("home").hidden = !home;
  for (const id of ["messages", "suggestions", "composer"]) find(id).hidden = home;
  if (home) renderHome(find("home"), state.home, { act: doing, names });
  else {
    conversation.show(here, messages.get(here), state.statuses);
    drawSuggestions();
  }
}

const current = () => state.channels.find((c) => c.id === here);

function drawPlaces() {
  const item = (channel) => {
    const count = unread.get(channel.id);
    const sign = { im: "●", private: "◆" }[channel.kind] ?? "#";
    return h("li", {}, h("button", {
      type: "button", class: "place", "aria-current": channel.id === here ? "page" : undefined, "data-key": channel.id,
      onclick: () => { visit(channel.id); body.classList.remove("choosing"); },
    }, h("span", { class: "sign", "aria-hidden": "true" }, sign), channel.name, count ? h("span", { class: "count" }, h("span", { class: "spoken" }, "new: "), String(count)) : null));
  };
  const who = h("select", { "aria-label": "You are", "data-key": "who", onchange: (event) => start(event.target.value) },
    names.people().map((u) => h("option", { value: u.id, selected: u.id === state.me }, u.real_name)));
  refill(find("places"),
    h("div", { class: "brand" }, h("strong", {}, "Playground"), h("span", { class: "faint" }, "a Slack on this machine")),
    h("label", { class: "who" }, h("span", {}, "You are"), who),
    h("h2", {}, "App"), h("ul", {}, state.channels.filter((c) => c.kind === "im").map(item)),
    h("h2", {}, "Channels"), h("ul", {}, state.channels.filter((c) => c.kind !== "im").map(item)));
}

function drawHead() {
  const channel = current();
  const im = channel.kind === "im";
  const tabs = ["messages", "home"].map((name) =>
    h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(tab === name), "data-key": `tab/${name}`, onclick: () => turn(name) },
      name === "home" ? "Home" : "Messages"));
  refill(find("head"),
    h("button", { type: "button", class: "quiet only-small", "aria-label": "Channels", onclick: () => body.classList.toggle("choosing") }, "☰"),
    h("h1", {}, im ? channel.name : `#${channel.name}`),
    !im && !channel.bot && h("span", { class: "tag" }, "the app is not in this channel"),
    im && h("div", { role: "tablist", "aria-label": "Parts of the app" }, tabs),
    h("button", { type: "button", class: "quiet only-narrow end", onclick: () => body.classList.toggle("inspecting") }, "Inspector"));
}

function drawState() {
  const bot = names.user(state.bot);
  const words = trouble
    || (state.connections < 0 ? "The server has stopped. Start it again and this page comes back by itself."
      : state.connections === 0 ? `${bot} is starting… What you ask now is answered as soon as it is there.` : "");
  find("state").textContent = words;
  find("state").hidden = !words;
}

function drawSuggestions() {
  const channel = current();
  const set = state.prompts.find((p) => p.channel === here && !p.thread_ts);
  const agent = (set?.prompts ?? state.agent_prompts).map((p) => ({ title: p.title, text: p.message }));
  const chips = state.samples.length ? state.samples : agent;
  find("suggestions").classList.toggle("first", !messages.get(here).length);
  refill(find("suggestions"), chips.map((chip, at) =>
    h("button", { type: "button", class: "chip", title: chip.text, "data-key": `chip/${at}`, onclick: () => ask(chip, channel) },
      h("span", { class: "faint" }, chip.title), h("span", {}, chip.text))));
}

// ---- doing

function visit(channel) {
  here = channel;
  unread.delete(channel);
  tab = "messages";
  const { kind, name, bot } = current();
  composer.placeholder(kind === "im" ? `Ask ${name}` : bot ? `Mention @${state.users[state.bot].name} in #${name}` : `#${name}: use ${state.commands[0]?.command ?? "a command"}`);
  if (kind === "im") doing("home", { tab: "messages" });
  draw();
  find("messages").scrollTop = find("messages").scrollHeight;
}

function turn(name) {
  tab = name;
  doing("home", { tab: name });
  draw();
}

function speak(text) {
  if (text.startsWith("/")) return doing("command", { channel: here, text });
  return doing("say", { channel: here, text });
}

// A sample question is asked in the way that fits the place; a follow-up goes into the last thread.
function ask(chip, channel) {
  const mine = messages.get(here).filter((m) => m.user === state.me && !m.ephemeral);
  const thread = chip.follows ? mine.at(-1)?.thread_ts ?? mine.at(-1)?.ts : undefined;
  if (chip.text.startsWith("/")) doing("command", { channel: here, text: chip.text });
  else if (channel.kind === "im") doing("say", { channel: here, text: chip.text, thread });
  else if (channel.bot) doing("say", { channel: here, text: `@${state.users[state.bot].name} ${chip.text}`, thread });
  else doing("command", { channel: here, text: `${state.commands[0]?.command} ${chip.text}` });
}

function attach(file, thread) {
  const said = { user: state.me, channel: here, ...(typeof thread === "string" ? { thread } : {}) };
  upload(file, said).then(() => say(""), (error) => say(`The file was not taken: ${error.message}`));
}

// A file for the corpus is given in the app's own conversation, where it says what it read.
function give(file) {
  const app = state.channels.find((c) => c.kind === "im" && c.bot);
  if (here !== app.id) visit(app.id);
  attach(file);
}

function openReply(channel, thread, slot) {
  document.querySelectorAll(".slot form").forEach((form) => form.remove());
  const form = h("form", { class: "composer", autocomplete: "off" });
  slot.append(form);
  const made = makeComposer(form, {
    state: () => state, act: doing, thread: true,
    say: (text) => doing("say", { channel, text, thread }),
    attach: (file) => attach(file, thread),
  });
  made.placeholder("Reply in the thread");
  made.focus();
}

const main = find("conversation");
main.addEventListener("dragover", (event) => { event.preventDefault(); main.classList.add("dropping"); });
main.addEventListener("dragleave", () => main.classList.remove("dropping"));
main.addEventListener("drop", (event) => {
  event.preventDefault();
  main.classList.remove("dropping");
  [...event.dataTransfer.files].forEach(attach);
});

start(new URLSearchParams(location.search).get("user") ?? "");
