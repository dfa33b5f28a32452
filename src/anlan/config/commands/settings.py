"""``anlan settings``: every setting a county may change, its value in force and where that comes from."""

import argparse

NAME = "settings"
SUMMARY = "列出各项设置：名称、当前的值、含义"
NEEDS = "nothing"
SECRET_WORDS = ("SECRET", "PASSWORD", "KEY", "TOKEN")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the home."""


def run(arguments: argparse.Namespace) -> int:
    """Print three lines a setting: name, value with its source, meaning."""
    import importlib

    from anlan.config import environment

    # Each topic declares its settings when it is read.
    importlib.import_module("anlan.config.settings")
    print(f"设置写在 {environment.home() / 'anlan.toml'}，或用环境变量。")
    for setting in sorted(environment.SETTINGS.values(), key=lambda setting: setting.name):
        value, source = environment.found(setting.name)
        hidden = bool(value) and any(word in setting.name for word in SECRET_WORDS)
        print(f"\nANLAN_{setting.name}（anlan.toml 中写 {setting.name.lower()}）")
        print(f"  {'******' if hidden else value or '（空）'}  ← {source}")
        print(f"  {setting.meaning}")
    return 0
