// Keys and in-place ratings for the triage page. Without it every form still works.
"use strict";

const token = document.querySelector('meta[name="screen-token"]').content;
const status = document.getElementById("status");
const list = document.getElementById("cards");
const paper = document.querySelector(".paper");
const undone = [];
let at = -1;

const cards = () => (list ? [...list.querySelectorAll(".card")] : []);

function select(index) {
  const all = cards();
  if (!all.length) return;
  at = Math.max(0, Math.min(all.length - 1, index));
  all.forEach((card, place) => card.classList.toggle("at", place === at));
  all[at].focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

function show(card, rating) {
  card.classList.remove("rated", "keep", "skip");
  if (rating) card.classList.add("rated", rating);
  const words = { keep: list.dataset.kept, skip: list.dataset.skipped };
  card.querySelector(".choice").textContent = words[rating] || "";
  for (const button of card.querySelectorAll("button[aria-pressed]")) button.setAttribute("aria-pressed", String(button.value === rating));
  tally();
}

// Says how many papers are kept, skipped and still to be sorted.
function tally() {
  const said = document.getElementById("tally");
  if (!said) return;
  const kept = list.querySelectorAll(".card.keep").length;
  const skipped = list.querySelectorAll(".card.skip").length;
  const counts = { kept, skipped, left: cards().length - kept - skipped };
  said.textContent = said.dataset.words.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
}

function reorder(ids) {
  const known = new Map(cards().map((card) => [card.dataset.id + "\n" + card.dataset.topic, card]));
  for (const id of ids) {
    const card = known.get(id);
    if (card) list.append(card);
  }
}

// Sends a rating; what the server answers, or null where it refused.
async function send(id, topic, rating) {
  const body = new URLSearchParams({ token, id, topic, rating: rating || "clear" });
  if (list && "ordered" in list.dataset) body.set("order", "1");
  const answer = await fetch("/rate" + location.search, { method: "POST", body, headers: { Accept: "application/json" } });
  const found = await answer.json().catch(() => ({ message: answer.statusText }));
  status.textContent = found.message;
  return answer.ok ? found : null;
}

async function rate(card, rating) {
  const before = card.classList.contains("keep") ? "keep" : card.classList.contains("skip") ? "skip" : "";
  const found = await send(card.dataset.id, card.dataset.topic, rating);
  if (!found) return null;
  show(card, rating);
  reorder(found.order);
  return before;
}

// Rates the paper of a paper's page under one topic, and shows which button is pressed.
async function ratePage(topic, rating) {
  if (!(await send(paper.dataset.id, topic, rating))) return;
  for (const form of paper.querySelectorAll("form.rate")) {
    if (form.elements.topic.value !== topic) continue;
    const button = form.elements.rating;
    if (button.value === "clear") form.classList.toggle("off", !rating);
    else button.setAttribute("aria-pressed", String(button.value === rating));
  }
}

async function ratePageByKey(rating) {
  const topics = new Set([...paper.querySelectorAll("form.rate")].map((form) => form.elements.topic.value));
  for (const topic of topics) await ratePage(topic, rating);
}

async function choose(rating) {
  if (paper) return ratePageByKey(rating);
  if (at < 0) select(0);
  const card = cards()[at];
  if (!card) return;
  const before = await rate(card, rating);
  if (before === null) return;
  undone.push([card, before]);
  const open = (one) => !one.classList.contains("rated");
  const below = cards().findIndex((one, place) => place >= at && open(one));
  const first = cards().findIndex(open);
  select([below, first, at].find((place) => place >= 0));
}

async function undo() {
  if (paper) return ratePageByKey("");
  const last = undone.pop();
  if (!last) return;
  await rate(...last);
  select(cards().indexOf(last[0]));
}

function toggleHelp() {
  const keys = document.getElementById("keys");
  if (!keys) return;
  keys.hidden = !keys.hidden;
  document.getElementById("help-button").setAttribute("aria-expanded", String(!keys.hidden));
}

const actions = {
  j: () => select(at + 1),
  k: () => select(at - 1),
  s: () => choose("keep"),
  x: () => choose("skip"),
  u: undo,
  o: () => {
    const shown = cards()[at] || paper;
    if (shown) window.open(shown.dataset.pdf, "_blank", "noreferrer");
  },
  Enter: () => cards()[at] && location.assign(cards()[at].dataset.open),
  "/": () => document.getElementById("find").focus(),
  "?": toggleHelp,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

if (list) {
  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const card = event.target.closest(".card");
    at = cards().indexOf(card);
    const value = event.submitter.value;
    const before = await rate(card, value === "clear" ? "" : value);
    if (before !== null) undone.push([card, before]);
  });
}

if (paper) {
  paper.addEventListener("submit", (event) => {
    if (!event.target.matches("form.rate")) return;
    event.preventDefault();
    const value = event.submitter.value;
    ratePage(event.target.elements.topic.value, value === "clear" ? "" : value);
  });
}

const help = document.getElementById("help-button");
if (help) {
  help.hidden = false;
  help.addEventListener("click", toggleHelp);
}

// A close-up is there only where the quote was found on its page.
function sayMissing(picture) {
  const said = document.createElement("p");
  said.textContent = picture.dataset.missing;
  picture.replaceWith(said);
}

for (const picture of document.querySelectorAll("img.close-up")) {
  if (picture.complete && !picture.naturalWidth) sayMissing(picture);
  else picture.addEventListener("error", () => sayMissing(picture));
}

// A figure that is no longer on the disk leaves its place to the words.
for (const picture of document.querySelectorAll(".picture img, .lead img")) {
  const leave = () => picture.parentElement.remove();
  if (picture.complete && !picture.naturalWidth && picture.loading !== "lazy") leave();
  else picture.addEventListener("error", leave);
}

// Moments come in the zone of the server; the reader's own is the browser's.
const local = new Intl.DateTimeFormat(document.documentElement.lang, {
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
});
for (const time of document.querySelectorAll("time[datetime*=T]")) {
  const at = Object.fromEntries(local.formatToParts(new Date(time.dateTime)).map((part) => [part.type, part.value]));
  time.textContent = `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute} ${at.timeZoneName}`;
}
