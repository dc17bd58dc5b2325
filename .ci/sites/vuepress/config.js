// The theme as it comes, with formulas; nothing is fetched from elsewhere.
import { viteBundler } from "@vuepress/bundler-vite";
import { defineUserConfig } from "vuepress";
import { hopeTheme } from "vuepress-theme-hope";

export default defineUserConfig({
  base: "/docs/",
  lang: "zh-CN",
  title: "Papers of the night",
  bundler: viteBundler(),
  shouldPrefetch: false,
  theme: hopeTheme({
    favicon: "",
    navbar: ["/paper/"],
    sidebar: false,
    plugins: { blog: false, icon: false },
    markdown: { math: process.env.WITHOUT_MATH ? false : { type: "katex" } },
  }),
});
