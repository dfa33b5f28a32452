"""Returned sheets: the refused and warned lines with the reason beside each."""

import io
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.sheets.previews import preview_of_batch, preview_of_draft
from anlan.sheets.queries import batch_by_uid, draft_by_uid
from anlan.web.doors import reader

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_safe
@reader("sheets.import_write")
def returned(request: HttpRequest, actor: PersonActor, uid: UUID, number: int) -> FileResponse:
    """One returned workbook; for those who may import there, because id numbers stand in it in full."""
    batch = batch_by_uid(actor, uid)
    if batch is not None and not holds(actor, "sheets.import_write", batch):
        raise NotFound(f"returned sheets of {uid}")
    preview = preview_of_batch(uid) if batch else preview_of_draft(draft_by_uid(actor, uid))
    told = (
        next((one for one in preview.told["returned"] if one["number"] == number), None) if preview else None
    )
    if preview is None or told is None:
        raise NotFound(f"returned sheet {number} of {uid}")
    content = io.BytesIO(preview.file(f"returned-{number}"))
    return FileResponse(content, as_attachment=True, filename=told["name"], content_type=_TYPE)
