"""``anlan doctor``: is this installation well, one line a thing."""

import argparse

NAME = "doctor"
SUMMARY = "检查数据库、密钥、磁盘、时钟、结构和后台任务"
NEEDS = "apps"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the home."""


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each check; exit code 1 when something is wrong."""
    from anlan.config import checkup

    findings = []
    for check in checkup.ALWAYS:
        findings.append(checkup.examine(check))
        if findings[-1].level == checkup.BAD:
            break
    else:
        findings.extend(checkup.examine(check) for check in checkup.ON_A_DATABASE)
    for finding in findings:
        print(f"[{finding.level}] {finding.title}：{finding.seen}", end="")
        print(f"  → {finding.remedy}" if finding.remedy else "")
    return 1 if any(finding.level == checkup.BAD for finding in findings) else 0
