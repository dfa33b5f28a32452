"""The root of the API: version 1, read only, for signed-in sessions; refusals are problem documents."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from anlan.kernel.access import public
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.places.api import router as places_router
from anlan.registers.api import router as registers_router
from anlan.registers.api.units import router as units_router
from anlan.web.api import problem_document

api = NinjaAPI(
    title="安澜",
    version="1",
    description="底册的只读接口。查询参数与网页清单相同，只答复账号管辖范围内的记录，证件和电话均已遮盖。",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
api.add_router("/areas", places_router)
api.add_router("", registers_router)
api.add_router("", units_router)


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API (OpenAPI 3.1). It says nothing of anybody and is open to all."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """404 for every other address below ``/api/``, as a document like all refusals."""
    return problem_document(404, [Problem("record.not_found")])


@api.exception_handler(NotFound)
@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """404 for what does not exist and for what lies outside the caller's range."""
    return problem_document(404, [Problem("record.not_found")])


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """422 with every problem."""
    return problem_document(422, error.problems)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """422 for parameters that cannot be read."""
    return problem_document(422, [_invalid(one) for one in error.errors])


def _invalid(error: dict[str, Any]) -> Problem:
    field = str(error["loc"][-1])
    return Problem("request.invalid", field, {"field": field})
