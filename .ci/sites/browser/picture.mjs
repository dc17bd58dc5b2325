// node picture.mjs ADDRESS FILE     draws the beginning of a page
import { chromium } from "playwright-core";

const [address, file] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 1900 }, locale: "zh-CN" });
const page = await context.newPage();
const home = new URL(address).host;
await page.route((url) => url.host !== home, (route) => route.abort());
await page.goto(address, { waitUntil: "networkidle" });
await page.evaluate(() => Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode().catch(() => {}); })));
await page.waitForTimeout(500);
await page.screenshot({ path: file });
await browser.close();
