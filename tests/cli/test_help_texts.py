"""The texts of `--help` and the words of click in the language of the locale."""

import os
import subprocess
import sys

import click
import pytest

from pipeline.translation import translate_libraries

PROGRAM = [sys.executable, "-m", "pipeline"]


def run(*words, locale):
    environ = {**os.environ, "LANGUAGE": "", "LC_ALL": locale}
    command = [*PROGRAM, *words]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=environ
    )


def help_of(*words, locale):
    done = run(*words, "--help", locale=locale)
    assert done.returncode == 0
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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--nope",), "没有选项"),
        (("nope",), "没有命令 'nope'。"),
        (("weekly",), "缺少命令。"),
        (("extract",), "缺少参数 'PAPER.pdf'。"),
        (("status", "more"), "多余的参数：more。"),
        (("rate", "--topic"), "选项 '--topic' 后面缺少值。"),
        (("serve", "--port", "x"), "'--port' 的值无效：'x' 不是所需的数字。"),
        (("serve", "--port", "-1"), "-1 不在范围 0<=x<=65535 内。"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(words, said):
    done = run(*words, locale="zh_CN.UTF-8")
    assert done.returncode == 2
    assert said in done.stderr
    assert "会说明用法。" in done.stderr


def test_a_command_that_click_suggests_is_told_in_chinese():
    if "extract" not in run("extrac", locale="de_DE.UTF-8").stderr:
        pytest.skip("this click suggests no commands")
    told = run("extrac", locale="zh_CN.UTF-8").stderr
    assert "（也许是 'extract'）" in told


def test_a_wrong_choice_is_told_in_chinese(chinese):
    translate_libraries()
    with pytest.raises(click.BadParameter, match="'c' 不是可选值") as caught:
        click.Choice(["a", "b"]).convert("c", None, None)
    assert caught.value.format_message() == (
        "值无效：'c' 不是可选值（'a', 'b'）。"
    )


def test_a_wrong_command_line_is_told_in_english_elsewhere():
    done = run("extract", locale="de_DE.UTF-8")
    assert "Missing argument 'PAPER.pdf'. `arxiv-screen extract" in done.stderr
