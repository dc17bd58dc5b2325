// Sorts the demonstration's night in a real browser: keys, search, passage, widths, dark, axe.
//   node triage.mjs ADDRESS FOLDER     screenshots go into FOLDER; exit 1 at the first fault
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [address, folder] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
const faults = [];
context.on("request", (request) => {
  if (!request.url().startsWith(address.slice(0, -1))) faults.push(`asks ${request.url()}`);
});
context.on("console", (message) => {
  if (message.type() === "error") faults.push(message.text());
});
const page = await context.newPage();

const cards = () => page.$$eval(".card", (all) => all.map((one) => [one.dataset.id, one.className]));
const rated = async (id) => (await cards()).find((one) => one[0] === id)[1];
const answered = () => page.waitForResponse((answer) => answer.url().includes("/rate"));

async function press(key) {
  const answer = "sxu".includes(key) ? answered() : null;
  await page.keyboard.press(key);
  if (answer) await (await answer).finished();
  await page.waitForFunction(() => true);
}

async function accessible(name, target = page) {
  // Read as text: the page's own policy forbids a script of another origin.
  await target.evaluate(await (await import("node:fs/promises")).readFile(axe, "utf8"));
  const { violations } = await target.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`), [], name);
}

await page.goto(address);
const first = (await cards())[0][0];
await press("j");
await press("s");
await page.waitForSelector(`.card.keep[data-id="${first}"]`);
assert.equal((await cards()).at(-1)[0], first, "a kept card goes to the end");
const second = await page.$eval(".card.at", (one) => one.dataset.id);
assert.notEqual(second, first, "the next card is chosen");
await press("x");
await page.waitForSelector(`.card.skip[data-id="${second}"]`);
await press("u");
await page.waitForSelector(`.card[data-id="${second}"]:not(.skip)`);
await page.reload();
assert.match(await rated(first), /keep/, "a rating lasts");
assert.match(await page.textContent("#tally"), /1/, "the page tells how many are kept");
assert.equal(await page.getAttribute(".card.keep button[value=keep]", "aria-pressed"), "true", "the button of a kept paper is pressed");
assert.doesNotMatch(await rated(second), /skip/, "an undone one does not");
await page.keyboard.press("?");
assert.equal(await page.isVisible("#keys"), true);
await page.screenshot({ path: `${folder}/tonight.png` });

const other = await context.newPage();
await other.goto(address);
assert.equal(await other.locator(".card.keep").count(), 1, "another tab knows it");
await other.close();

await page.keyboard.press("/");
await page.keyboard.type("blinks");
await page.keyboard.press("Enter");
await page.waitForURL(/archive/);
assert.ok((await cards()).length > 0, "the archive is searched");
await page.screenshot({ path: `${folder}/archive.png` });

// A statement that was chosen stays in view, and its quote with it: beside it, or on a phone below it.
async function inView(selector) {
  await page.waitForFunction((at) => document.querySelector(at)?.naturalWidth !== 0, selector);
  return page.$eval(selector, (one) => {
    const { top, bottom, left, right } = one.getBoundingClientRect();
    return top >= 0 && left >= 0 && top < window.innerHeight - 40 && right <= window.innerWidth && bottom > 0;
  });
}
for (const width of [1300, 390]) {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${address}paper/${first}`);
  const statements = await page.$$eval("a.statement", (all) => all.length);
  for (const at of [0, Math.floor(statements / 2), statements - 1]) {
    await page.click(`a.statement >> nth=${at}`);
    await page.waitForSelector(".passage .close-up");
    assert.ok(await inView("li.chosen a.statement"), `statement ${at} is in view at ${width}`);
    assert.ok(await inView(".passage .close-up"), `the quote of statement ${at} is in view at ${width}`);
  }
  await page.click(".passage p a");
  assert.equal(await page.locator(".passage").count(), 0, "the passage can be closed");
  assert.ok(await inView(`${decodeURIComponent(new URL(page.url()).hash)} a.statement`), "its statement is where one left it");
}
await page.setViewportSize({ width: 1300, height: 900 });
await page.click("a.statement >> nth=1");
await page.waitForLoadState("networkidle");
await page.screenshot({ path: `${folder}/paper.png` });

const pressed = () => page.$$eval("form.rate button[aria-pressed=true]", (all) => all.map((one) => one.value));
for (const [key, value] of [["x", ["skip"]], ["s", ["keep"]], ["u", []]]) {
  await press(key);
  await page.waitForFunction((count) => document.querySelectorAll("form.rate button[aria-pressed=true]").length === count, value.length);
  assert.deepEqual(await pressed(), value, `${key} on the page of a paper`);
}
await press("s");

const chosen = new URL(page.url());
const paths = ["", "archive", "trends", "runs", `paper/${first}`, `${chosen.pathname.slice(1)}${chosen.search}${chosen.hash}`, "nothing-here"];
const pictures = { "tonight-light": "", "trends-light": "trends", "paper-dark": paths[5], "runs-dark": "runs" };
for (const scheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const path of paths) {
    await page.goto(address + path);
    await accessible(`${path} ${scheme}`);
    for (const width of [390, 2000]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide at ${width}`);
      const name = Object.keys(pictures).find((one) => pictures[one] === path && one.endsWith(scheme));
      if (width !== 390 || !name) continue;
      await page.goto(address + path); // scrolls to its statement at this width
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${folder}/phone-${name}.png` });
    }
    await page.setViewportSize({ width: 1300, height: 900 });
  }
}

await page.goto(`${address}runs`);
assert.match(await page.textContent("time"), /^\d{4}-\d\d-\d\d \d\d:\d\d GMT\+8$/, "a moment is told in the zone of the reader");
for (const path of ["", "archive", "runs", "nothing-here"]) {
  await page.goto(address + path);
  const cut = await page.$$eval("input[placeholder]", (all) => all.filter((one) => one.value === "" && one.scrollWidth > one.clientWidth).length);
  assert.equal(cut, 0, `a placeholder of ${path} is cut`);
}

await page.setViewportSize({ width: 390, height: 844 });
await page.goto(address);
const top = await page.$eval(".card", (one) => one.getBoundingClientRect().top);
assert.ok(top < 422, `the first paper begins in the upper half of a phone, not at ${top}`);

const plain = await browser.newContext({ javaScriptEnabled: false });
const still = await plain.newPage();
await still.goto(address);
await still.click(".card:not(.rated) button[value=skip] >> nth=0");
await still.waitForSelector(".card.skip");
assert.equal(await still.locator(".card.skip").count(), 1, "a form works without a script");
await still.click("form.language button");
assert.ok(["zh", "en"].includes(await still.getAttribute("html", "lang")));

const expected = faults.filter((one) => !/404 \(Not Found\)/.test(one));
assert.deepEqual(expected, []);
await browser.close();
console.log("a night sorted by keys, searched, read beside its passages; no violation");
