// Searches the papers of a site. The index comes as scripts, newest week first.
"use strict";

const screenSearch = (() => {
  const list = document.getElementById("found");
  const status = document.getElementById("count");
  const form = document.getElementById("archive-form");
  const weeks = [...document.querySelectorAll('meta[name="search-piece"]')].map((one) => one.content);
  const papers = [];
  const SHOWN = 60;

  // As fold_text of the program does: no accents, one case.
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function wanted() {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "topic"]) if (form.elements[name]) form.elements[name].value = asked.get(name) || "";
    const words = fold(asked.get("q") || "").match(/"[^"]+"|[^\s"]+/g) || [];
    return { words: words.map((word) => word.replaceAll('"', "")), topic: asked.get("topic") || "" };
  }

  const isWordSign = (sign) => sign !== undefined && /[a-z0-9]/.test(sign);

  // Whether a text holds a word: Latin ones from their beginning on, others anywhere.
  function holds(text, word) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (!isWordSign(word[0]) || !isWordSign(text[at - 1])) return true;
    }
    return false;
  }

  function score(paper, words) {
    let sum = 0;
    for (const word of words) {
      if (holds(paper.head, word)) sum += 3;
      else if (holds(paper.text, word)) sum += 1;
      else return 0;
    }
    return sum;
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function card(paper) {
    const made = element("article", "", { class: "card" });
    if (paper.figure) {
      const picture = element("a", "", { class: "picture", href: paper.page, tabindex: "-1", "aria-hidden": "true" });
      picture.append(element("img", "", { src: paper.figure, alt: "", loading: "lazy" }));
      made.append(picture);
    }
    const body = element("div", "", { class: "body" });
    const title = element("h3", "");
    title.append(element("a", paper.title, { href: paper.page }));
    body.append(title);
    if (paper.also) body.append(element("p", paper.also, { class: "translated" }));
    body.append(element("p", paper.line, { class: "summary" }));
    body.append(element("p", [paper.topic, paper.date, paper.facts].filter(Boolean).join(" · "), { class: "facts" }));
    made.append(body);
    return made;
  }

  function show() {
    const { words, topic } = wanted();
    const asked = words.length || topic;
    document.getElementById("by-month").hidden = Boolean(asked);
    list.replaceChildren();
    if (!asked) return;
    const found = papers
      .map((paper) => [topic && paper.topic !== topic ? 0 : words.length ? score(paper, words) : 1, paper])
      .filter(([points]) => points > 0)
      .sort((one, other) => other[0] - one[0] || (one[1].date < other[1].date ? 1 : -1));
    list.append(...found.slice(0, SHOWN).map(([, paper]) => card(paper)));
    status.textContent = status.dataset.words.replace("{count}", found.length);
  }

  // One piece after the other; what is found so far is shown as it comes.
  function load() {
    const next = weeks.shift();
    if (next === undefined) return show();
    const script = element("script", "", { src: next });
    script.onload = script.onerror = () => {
      if (weeks.length % 8 === 0) show();
      load();
    };
    document.head.append(script);
  }

  return {
    add: (_week, some) => papers.push(...some),
    start: () => { const { words, topic } = wanted(); if (words.length || topic) load(); },
  };
})();

screenSearch.start();
