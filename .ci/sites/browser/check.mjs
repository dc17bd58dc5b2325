// Opens every page of the built sites in headless Chromium and says what is wrong with it.
//
//   node check.mjs FOLDER [SCREENSHOTS]     FOLDER holds hexo/public, vuepress/dist and expected.json

import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const folder = process.argv[2];
const shots = process.argv[3];
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const KINDS = [
  { name: "hexo", base: "/blog/", built: "hexo/public", formula: "mjx-container", content: "#article-container" },
  { name: "vuepress", base: "/docs/", built: "vuepress/dist", formula: ".katex", content: "[vp-content]" },
];
// Of each kind a site of posts made by hand and, where there is a corpus, one of real papers.
const SITES = ["", "-corpus"]
  .flatMap((of) => KINDS.map((kind) => ({ ...kind, name: kind.name + of, root: join(folder, kind.built + of) })))
  .filter(({ root }) => existsSync(root));
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2" };

function files(root, inside = "") {
  return readdirSync(join(root, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    if (path.startsWith("vendor")) return [];
    return entry.isDirectory() ? files(root, path) : [path];
  });
}

function serve({ root, base }) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = normalize(join(root, path.startsWith(base) ? path.slice(base.length) : "none"));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!file.startsWith(root) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

// Runs in the page.
function look({ papers, formula, content: selector }) {
  const problems = [];
  if (window.__ran) problems.push("a script of a paper ran");
  const squeeze = (text) => text.replace(/\s+/g, " ").trim();
  const content = document.querySelector(selector) ?? document.body;
  for (const element of content.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const handler = /^on/i.test(name) && value.includes("__ran");
      const script = ["href", "src", "xlink:href", "action"].includes(name) && /^\s*(javascript|vbscript|data:text)/i.test(value);
      if (handler || script) {
        problems.push(`<${element.localName} ${name}="${value.slice(0, 60)}">`);
      }
    }
  }
  for (const element of content === document.body ? [] : content.querySelectorAll("script, iframe, base, meta, object, embed, form, input, textarea, template")) {
    problems.push(`an element that no post of ours has: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const image of document.images) {
    if (!image.naturalWidth) problems.push(`no picture at ${image.src.slice(-80)}`);
    if (new URL(image.src, location).host !== location.host && !image.src.startsWith("data:")) {
      problems.push(`a picture from elsewhere: ${image.src}`);
    }
  }
  for (const link of content.querySelectorAll('a[href^="#"]:not([href="#"])')) {
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) problems.push(`nothing at ${link.hash}`);
  }
  for (const element of content.querySelectorAll(formula)) {
    if (!element.getBoundingClientRect().width) problems.push(`a formula without a size: ${element.textContent.slice(0, 60)}`);
  }
  for (const paper of papers) {
    const start = document.getElementById(paper.anchor)?.closest("h2");
    if (!start) {
      problems.push(`no heading for ${paper.anchor}`);
      continue;
    }
    const range = document.createRange();
    range.setStartBefore(start);
    let next = start.nextElementSibling;
    while (next && next.localName !== "h2") next = next.nextElementSibling;
    if (next) range.setEndBefore(next);
    else range.setEndAfter(content);
    const section = document.createElement("div");
    section.append(range.cloneContents());
    const formulas = section.querySelectorAll(formula).length;
    if (formulas < paper.formulas) problems.push(`${paper.anchor}: ${formulas} of ${paper.formulas} formulas typeset`);
    const pictures = section.querySelectorAll("figure img").length;
    if (pictures !== paper.pictures) problems.push(`${paper.anchor}: ${pictures} of ${paper.pictures} pictures`);
    section.querySelectorAll(formula).forEach((element) => element.replaceWith("\u0000"));
    // What is folded begins a line of its own, but VuePress leaves no blank between.
    section.querySelectorAll("summary").forEach((element) => element.append(" "));
    const whole = squeeze(section.textContent);
    const title = squeeze(section.querySelector("h2").textContent).split("\u0000").map(squeeze).filter(Boolean);
    if (JSON.stringify(title) !== JSON.stringify(paper.title)) {
      problems.push(`${paper.anchor}: title ${JSON.stringify(title)} is not ${JSON.stringify(paper.title)}`);
    }
    for (const stretches of paper.texts) {
      let place = 0;
      for (const stretch of stretches) {
        const at = whole.indexOf(stretch, place);
        if (at < 0) {
          problems.push(`${paper.anchor}: not shown as it was: ${JSON.stringify(stretch.slice(0, 200))}`);
          break;
        }
        place = at + stretch.length;
      }
    }
  }
  return problems;
}

async function shoot(page, site, address) {
  mkdirSync(shots, { recursive: true });
  const file = join(shots, `${site}-${address.split("/").filter(Boolean).slice(-2).join("-")}`.replace(/[^\w/.-]/g, "_"));
  await page.evaluate(() => {
    document.querySelectorAll("details").forEach((details) => { details.open = false; });
    window.scrollTo(0, 0);
  });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${file}-top.png` });
  await page.screenshot({ path: `${file}.png`, fullPage: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
}

const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let bad = 0;
let opened = 0;
for (const site of SITES) {
  const server = await serve(site);
  const home = `http://127.0.0.1:${server.address().port}`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  await context.route((url) => url.host !== new URL(home).host, (route) => route.abort());
  const pages = files(site.root).filter((path) => path.endsWith(".html") && path !== "404.html");
  const posts = Object.keys(expected).filter((key) => key.startsWith(`${site.name}:`));
  const built = new Set();
  const open = async (path) => {
    const address = `${site.base}${path.split("\\").join("/").replace(/(^|\/)index\.html$/, "$1")}`;
    const key = `${site.name}:${decodeURIComponent(address)}`;
    const papers = expected[key] ?? [];
    if (key in expected) built.add(key);
    const page = await context.newPage();
    const problems = [];
    page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()} ${message.location().url}`));
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => {
      const { host, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && host !== new URL(home).host) problems.push(`asks ${request.url()}`);
    });
    await page.goto(home + encodeURI(address), { waitUntil: "networkidle" });
    await page.evaluate(async ({ content, formula }) => {
      document.querySelectorAll("details").forEach((details) => { details.open = true; });
      document.querySelectorAll("img").forEach((image) => { image.loading = "eager"; });
      await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
      for (let y = 0; y < document.body.scrollHeight; y += 2000) {
        window.scrollTo(0, y);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      // MathJax typesets what comes into view.
      for (const element of document.querySelector(content)?.querySelectorAll(formula) ?? []) {
        for (let tries = 0; tries < 40 && element.isConnected && !element.getBoundingClientRect().width; tries += 1) {
          element.scrollIntoView();
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    }, site);
    if (shots && papers.length && papers.length < 10) await shoot(page, site.name, address);
    problems.push(...(await page.evaluate(look, { papers, ...site })));
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) problems.push(`${wide} pixels too wide for a phone`);
    opened += 1;
    if (problems.length) {
      bad += 1;
      console.log(`${site.name} ${address}`);
      for (const problem of [...new Set(problems)].slice(0, 40)) console.log(`    ${problem}`);
    }
    await page.close();
  };
  const visit = async () => { while (pages.length) await open(pages.shift()); };
  await Promise.all([visit(), visit(), visit()]);
  for (const key of posts) {
    if (!built.has(key)) {
      bad += 1;
      console.log(`${key} was not built`);
    }
  }
  await context.close();
  server.close();
}
await browser.close();
console.log(`${opened} pages opened, ${bad} with problems`);
process.exit(bad ? 1 : 0);
