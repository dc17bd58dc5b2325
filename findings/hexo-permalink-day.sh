#!/usr/bin/env bash
# Guess: with `timezone: Asia/Shanghai` in _config.yml a post dated 2026-11-30 00:30 lies under
# /2026/11/30/ wherever the site is built, and a date with an explicit offset (+08:00) is the moment
# it says.
# What happens: the page shows the date in the site's time zone, but the permalink is made in that
# of the machine. Built on a server in UTC (every CI), the posts of the first eight hours of a day
# move to the day before, and move back when the author builds at home: links break. And the offset
# is ignored: +08:00 is first converted to UTC and the result taken as local time, eight hours
# early, also at home.
# Version: Hexo 8.1.2 (hexo-front-matter 4.2.1).
# Seen: TZ=UTC: shown 2026-11-30 00:30, path 2026/11/29; TZ=Asia/Shanghai: 2026/11/30; offset: 11-29
# 16:30.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --no-audit --no-fund hexo@8.1.2 hexo-renderer-marked@7.0.1

cat >try.cjs <<'PROGRAM'
const { execFileSync } = require('child_process')
const fs = require('fs')

fs.writeFileSync('package.json', JSON.stringify({
  name: 'site', version: '1.0.0', hexo: { version: '' },
  dependencies: { hexo: '8.1.2', 'hexo-renderer-marked': '7.0.1' },
}))
fs.writeFileSync('_config.yml', 'timezone: Asia/Shanghai\npermalink: :year/:month/:day/:title/\n')
fs.mkdirSync('source/_posts', { recursive: true })
fs.writeFileSync('source/_posts/plain.md', '---\ntitle: plain\ndate: 2026-11-30 00:30:00\n---\nText\n')
fs.writeFileSync('source/_posts/offset.md', '---\ntitle: offset\ndate: 2026-11-30T00:30:00+08:00\n---\nText\n')
fs.writeFileSync('look.cjs', `
const Hexo = require('hexo')
const hexo = new Hexo(process.cwd(), { silent: true })
const shown = (day) => hexo.extend.helper.get('date').call({ config: hexo.config, page: {} }, day, 'YYYY-MM-DD HH:mm Z')
hexo.init().then(() => hexo.load()).then(() => {
  for (const post of hexo.locals.get('posts').sort('-title').toArray()) {
    console.log('  ' + post.title + ': shown ' + shown(post.date) + ', path ' + post.path)
  }
})`)
for (const zone of ['UTC', 'Asia/Shanghai']) {
  fs.rmSync('db.json', { force: true })
  const env = { ...process.env, TZ: zone }
  console.log('built with TZ=' + zone)
  process.stdout.write(execFileSync('node', ['look.cjs'], { env, encoding: 'utf8' }))
}
PROGRAM

cat >expected <<'SEEN'
built with TZ=UTC
  plain: shown 2026-11-30 00:30 +08:00, path 2026/11/29/plain/
  offset: shown 2026-11-29 16:30 +08:00, path 2026/11/29/offset/
built with TZ=Asia/Shanghai
  plain: shown 2026-11-30 00:30 +08:00, path 2026/11/30/plain/
  offset: shown 2026-11-29 16:30 +08:00, path 2026/11/29/offset/
SEEN

node try.cjs | tee seen
diff expected seen >&2 || { echo "hexo-permalink-day: behaviour changed (< as noted here, > now)" >&2; exit 1; }
