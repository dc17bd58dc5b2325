#!/usr/bin/env bash
# Guess: transform() turns the Chinese numbers of a sentence into digits: 百分之九十五点三 into 95.3%, 五十名
# into 50名.
# What happens: It does, and in words as well: 一种, 一致性, 第一作者, 万一 and 三维 hold numerals, and 几十万
# ("some hundred thousand") becomes 几100000, a number that is none. Text that is compared with its
# source afterwards no longer agrees with it.
# Version: cn2an 0.5.24.
# Seen: 1种, 1致性, 第1作者, 3维, 几100000; 万一 is left alone, 两倍 too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q cn2an==0.5.24

cat >try.py <<'PROGRAM'
import cn2an

for text in ["百分之九十五点三", "五十名受试者", "一种三维方法", "时间一致性", "第一作者", "几十万张图像", "万一失败", "两倍"]:
    print(text, cn2an.transform(text, "cn2an"))
PROGRAM

cat >expected <<'SEEN'
百分之九十五点三 95.3%
五十名受试者 50名受试者
一种三维方法 1种3维方法
时间一致性 时间1致性
第一作者 第1作者
几十万张图像 几100000张图像
万一失败 万一失败
两倍 两倍
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "cn2an-words: behaviour changed (< as noted here, > now)" >&2; exit 1; }
