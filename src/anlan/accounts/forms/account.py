"""The forms of sign-in and passwords."""

from typing import Any, cast

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.accounts.labels import ROLE_NAMES
from anlan.accounts.reach import reach_trees
from anlan.kernel.actors import Actor
from anlan.web.forms import AnlanForm, Renderer


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password, checked by allauth with our adapter."""

    default_renderer = Renderer
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("用户名"), _("密码")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""
        login.error_messages["required"] = _("请填写用户名。")
        password.error_messages["required"] = _("请填写密码。")


class UserForm(AnlanForm):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        help_text=_("登录时填写，例如姓名的拼音。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    display_name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=120, required=False)


class UserImportForm(AnlanForm):
    """A sheet of accounts."""

    file = forms.FileField(
        label=_("账号表"),
        help_text=_(".xlsx、.xls、.ods 或 .csv，一次最多 500 人。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.et,.csv"}),
    )


class RoleForm(AnlanForm):
    """A role within a range, from a day to another (the last day is included)."""

    role = forms.ChoiceField(
        label=_("角色"), choices=[(role.value, name) for role, name in ROLE_NAMES.items()]
    )
    reach = forms.ChoiceField(label=_("管理范围"), help_text=_("包括所选区域或组织之下的全部。"))
    first_day = forms.DateField(label=_("从哪天起"))
    last_day = forms.DateField(
        label=_("到哪天止"), required=False, help_text=_("不填则一直有效，可随时收回。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reach"]).choices = [
            (words.label, [(f"{tree}:{path}", name) for path, name in words.choices(actor)])
            for tree, words in reach_trees().items()
        ]


class RoleEndForm(AnlanForm):
    """From which day a role is taken back, and why."""

    on = forms.DateField(label=_("从哪天起收回"), help_text=_("这一天起不再有这个角色；填今天，立即生效。"))
    reason = forms.CharField(
        label=_("原因"), max_length=400, required=False, help_text=_("例如：调离、退休、职责调整。")
    )


class PasswordForm(AnlanForm):
    """The old password once, the new one twice."""

    old = forms.CharField(
        label=_("原密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    repeated = forms.CharField(
        label=_("再输一次新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, length: int, kinds: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _(
            "至少 %(length)d 位，包含大写字母、小写字母、数字、其他符号中的 %(kinds)d 种。"
        ) % {"length": length, "kinds": kinds}

    def clean(self) -> dict[str, Any]:
        """Refuse two different new passwords."""
        data = super().clean() or {}
        if "password" in data and data["password"] != data.get("repeated"):
            self.add_error(
                "repeated", forms.ValidationError(_("两次输入的新密码不一样。"), code="password.repeat")
            )
        return data
