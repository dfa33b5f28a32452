"""The forms of resettlement and support."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import RESETTLEMENT_MODE
from anlan.registers.forms.fields import ProgrammeField, support_mode_field
from anlan.registers.labels import SUPPORT_MOVE_WORDS, SUPPORT_REASON_WORDS
from anlan.registers.rules.resettlement import SUPPORT_MOVES, Reasons, SupportMove, SupportState
from anlan.web.fields import CodeField, PartialDateField
from anlan.web.forms import ActorForm


class ResettlementForm(ActorForm):
    """What is verified about a resettled person."""

    register_number = forms.CharField(label=_("核定登记号"), max_length=32, required=False)
    from_place = forms.CharField(label=_("迁出地"), max_length=120, required=False)
    moved = PartialDateField(label=_("搬迁时间"), required=False)
    mode = CodeField(RESETTLEMENT_MODE, label=_("安置方式"), required=False)
    support_mode = support_mode_field()
    programme = ProgrammeField()
    on = forms.DateField(label=_("从哪天起"))


class SupportForm(ActorForm):
    """What happens to somebody's support: only what the present state allows is offered."""

    move = forms.ChoiceField(label=_("办什么"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("哪天发生的"), help_text=_("变动从下一个发放周期起生效。"))
    reason = forms.ChoiceField(label=_("原因"), required=False, help_text=_("暂停、停止扶持时选。"))
    support_mode = support_mode_field()
    programme = ProgrammeField()
    document = forms.CharField(
        label=_("依据"), max_length=160, required=False, help_text=_("文件名称和文号，会记入修改记录。")
    )

    def __init__(self, *args: Any, state: SupportState, reasons: Reasons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = sorted(SUPPORT_MOVES[state], key=list(SupportMove).index)
        choices = [(move.value, SUPPORT_MOVE_WORDS[move.value]) for move in moves]
        cast(forms.ChoiceField, self.fields["move"]).choices = choices
        allowed = [*reasons.suspend, *reasons.stop]
        cast(forms.ChoiceField, self.fields["reason"]).choices = [
            ("", _("请选择")),
            *((code, SUPPORT_REASON_WORDS[code]) for code in allowed),
        ]
        if not {SupportMove.SUSPEND, SupportMove.STOP} & set(moves):
            del self.fields["reason"]
        if not {SupportMove.GRANT, SupportMove.SWITCH} & set(moves):
            del self.fields["support_mode"]
            del self.fields["programme"]
        mode = self.fields.get("support_mode")
        if mode is not None:
            mode.help_text = _("开始扶持、变更扶持方式时选。")

    def arguments(self) -> dict[str, Any]:
        """The keywords of ``support_change`` besides the person; a programme only where one is granted."""
        data = self.cleaned_data
        move = SupportMove(data["move"])
        return {
            "move": move,
            "on": data["on"],
            "reason": data.get("reason", ""),
            "support_mode": data.get("support_mode", ""),
            "programme": data.get("programme") if move in (SupportMove.GRANT, SupportMove.SWITCH) else None,
            "document": data["document"],
        }
