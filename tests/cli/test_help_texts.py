"""The texts of `--help` in the language of the locale."""

import os
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-m", "pipeline"]


def help_of(*words, locale):
    environ = {**os.environ, "LANGUAGE": "", "LC_ALL": locale}
    command = [*PROGRAM, *words, "--help"]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environ
    )
    return done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "按方向筛选 arXiv"),
        ((), "  --topic NAME   一个方向；可重复给出。"),
        ((), "  lint     查找文章中残留的提示词；有则退出码为 1\n"),
        (("weekly",), "命令："),
        (("weekly", "skip"), "本周跳过的人。"),
        (("weekly", "skip"), "显示本说明后退出。"),
    ],
)
def test_help_is_chinese_at_a_chinese_terminal(words, said):
    shown = help_of(*words, locale="zh_CN.UTF-8").replace(":", "：")
    assert said in shown


def test_help_is_english_at_another_terminal():
    shown = help_of("weekly", locale="de_DE.UTF-8")
    assert "The group's weekly report." in shown
    assert "Commands:" in shown
