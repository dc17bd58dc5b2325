// Keys and in-place ratings for the triage page. Without it every form still works.
"use strict";

const token = document.querySelector('meta[name="screen-token"]').content;
const status = document.getElementById("status");
const list = document.getElementById("cards");
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
}

function reorder(ids) {
  const known = new Map(cards().map((card) => [card.dataset.id + "\n" + card.dataset.topic, card]));
  for (const id of ids) {
    const card = known.get(id);
    if (card) list.append(card);
  }
}

async function rate(card, rating) {
  const before = card.classList.contains("keep") ? "keep" : card.classList.contains("skip") ? "skip" : "";
  const body = new URLSearchParams({ token, id: card.dataset.id, topic: card.dataset.topic, rating: rating || "clear" });
  const answer = await fetch("/rate" + location.search, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) {
    status.textContent = (await answer.json().catch(() => ({ message: answer.statusText }))).message;
    return null;
  }
  show(card, rating);
  const found = await answer.json();
  status.textContent = found.message;
  reorder(found.order);
  return before;
}

async function choose(rating) {
  const card = cards()[at];
  if (!card) return;
  const before = await rate(card, rating);
  if (before === null) return;
  undone.push([card, before]);
  select(at);
}

async function undo() {
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
    const paper = cards()[at] || document.querySelector(".paper");
    if (paper) window.open(paper.dataset.pdf, "_blank", "noreferrer");
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
  const help = document.getElementById("help-button");
  if (help) {
    help.hidden = false;
    help.addEventListener("click", toggleHelp);
  }
}
