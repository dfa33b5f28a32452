"""Language and time: Chinese is the source language, English a complete second; one county, one time zone."""

from pathlib import Path

LOCALE_PATHS = [Path(__file__).parents[2] / "locale"]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
