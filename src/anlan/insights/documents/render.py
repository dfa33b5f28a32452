"""Putting a report's content into a template, the county's or the default one.

A template is somebody's file: it runs in a sandbox, sees only the report's content, and what it names wrongly
is said in a sentence, not in a traceback.
"""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from anlan.insights.documents.context import report_context
from anlan.insights.documents.template import default_template
from anlan.insights.queries.statistics import Statistics
from anlan.kernel.problems import Problem, Refused


class UnknownName(Exception):
    """A template names something the report does not have."""


class _Missing(StrictUndefined):
    """What stands for an unknown name: any use of it says which name it was."""

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        name = str(self._undefined_name or "")
        if self._undefined_exception is SecurityError:
            raise SecurityError(name)
        raise UnknownName(name)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __html__ = __call__ = __getitem__ = __contains__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._fail_with_undefined_error()


def research_report(statistics: Statistics, year: int, made_on: date, template: Path | None = None) -> bytes:
    """The research report of a year as a .docx file, from the county's template or the default one.

    Refused: ``template.unreadable``, ``template.unknown_variable``, ``template.syntax`` and
    ``template.forbidden``.
    """
    document = _opened(template)
    context = report_context(statistics, year, made_on, document)
    environment = ImmutableSandboxedEnvironment(undefined=_Missing, autoescape=True)
    try:
        document.render(context, environment, autoescape=True)
    except UnknownName as unknown:
        raise Refused(Problem("template.unknown_variable", "template", {"name": str(unknown)})) from unknown
    except SecurityError as forbidden:
        raise Refused(Problem("template.forbidden", "template", {"detail": str(forbidden)})) from forbidden
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as wrong:
        raise Refused(Problem("template.syntax", "template", {"detail": _where(wrong)})) from wrong
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _opened(template: Path | None) -> DocxTemplate:
    source = BytesIO(default_template()) if template is None else BytesIO(_read(template))
    document = DocxTemplate(source)
    try:
        document.init_docx()
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        name = template.name if template else ""
        raise Refused(Problem("template.unreadable", "template", {"file": name})) from error
    return document


def _read(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise Refused(Problem("template.unreadable", "template", {"file": template.name})) from error


def _where(wrong: Exception) -> str:
    """The words around the mistake as they stand in the document, or the name the library complains about."""
    lines = [re.sub(r"<[^>]+>", "", line).strip() for line in getattr(wrong, "docx_context", ())]
    near = next((line for line in lines if "{%" in line or "{{" in line), "")
    named = re.search(r"'([^']+)'", str(wrong))
    return near[:60] or (named[1] if named else _("有一处计算不能完成"))
