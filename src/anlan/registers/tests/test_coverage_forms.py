"""The forms of units, covers and contact points: what they write, and refusals beside their fields."""

import pytest
from tests.cast import Cast

from anlan.registers.models import ContactPoint, Unit
from anlan.registers.tests.form_posts import refused, sent
from anlan.registers.tests.units import CREDIT_CODE, PHONE, make_contact_point, make_unit

pytestmark = pytest.mark.django_db
ON = {"on": "2025-03-01"}


def picked(name: str, value: object) -> dict[str, str]:
    """A picker's field as the browser sends it."""
    return {name: str(value)}


def test_a_unit_is_added_covered_counted_and_ended(cast: Cast) -> None:
    client, world = cast.township_officer.client(), cast.world
    facts = {
        "name": "石桥脐橙合作社",
        "kind": "cooperative",
        "trade": "脐橙",
        "credit_code": CREDIT_CODE,
        **ON,
    }
    sent(client, "/units/new/", {**facts, **picked("area", world.east_village.code)})
    unit = Unit.objects.get()
    assert (unit.area, unit.credit_code, unit.trade) == (world.east_village, CREDIT_CODE, "脐橙")
    base = f"/cover/unit/{unit.uid}/"
    sent(client, base, {"setup_mode": "trade", **ON, **picked("organization", world.east_branch.uid)})
    sent(client, f"{base}officers/", {"duty": "liaison", "name": "陈石", "phone": PHONE, **ON})
    page = sent(client, f"/units/{unit.uid}/headcount/", {"members": "4", "full_members": "3", **ON})
    shown = page.content.decode()
    assert (
        "已覆盖" in shown and "解除党组织覆盖" in shown and "确定覆盖党组织" not in shown.split("修改记录")[0]
    )
    sent(client, f"{base}officers/liaison/end/", ON)
    sent(client, f"{base}end/", ON)
    sent(
        client, f"/units/{unit.uid}/edit/", {"trade": "柑橘", "contact_name": "", "credit_code": CREDIT_CODE}
    )
    sent(client, f"/units/{unit.uid}/rename/", {"name": "石桥果业", "kind": "enterprise", **ON})
    sent(client, f"/units/{unit.uid}/move/", {**ON, **picked("area", world.east_other_village.code)})
    ended = sent(client, f"/units/{unit.uid}/end/", ON).content.decode()
    assert "石桥果业" in ended and "注销" in ended
    assert client.get(f"/units/{unit.uid}/end/").status_code == 404


def test_refusals_stand_beside_their_fields(cast: Cast) -> None:
    client, unit = cast.township_officer.client(), make_unit(cast.world)
    facts = {"name": "别的合作社", "kind": "cooperative", "credit_code": "91110000600037341M", **ON}
    found = refused(client, "/units/new/", {**facts, **picked("area", cast.world.east_village.code)})
    assert found == {"credit_code": ["credit_code.checksum"]}
    found = refused(client, f"/units/{unit.uid}/headcount/", {"members": "2", "full_members": "3", **ON})
    assert found == {"full_members": ["headcount.full_members"]}
    officer = {"duty": "liaison", "name": "陈石", "phone": "13912", **ON}
    found = refused(client, f"/cover/unit/{unit.uid}/officers/", officer)
    assert found == {"phone": ["contact.format"]}


def test_a_village_is_covered_from_its_page(cast: Cast) -> None:
    client, world = cast.township_officer.client(), cast.world
    address = f"/cover/area/{world.east_village.code}/"
    assert address in client.get(f"/areas/{world.east_village.code}/").content.decode()
    page = sent(
        client, address, {"setup_mode": "joint", **ON, **picked("organization", world.east_branch.uid)}
    )
    assert "单位共建" in page.content.decode()
    assert address not in cast.liaison.client().get(f"/areas/{world.east_village.code}/").content.decode()


def test_a_contact_point_is_set_up_changed_and_given_up(cast: Cast) -> None:
    client = cast.township_officer.client()
    facts = {"name": "柳湾村联系点", "tier": "village", "place": "村委会", "officer_name": "李桥", **ON}
    sent(client, "/contact-points/new/", {**facts, **picked("area", cast.world.east_other_village.code)})
    point = ContactPoint.objects.get()
    changed = {"place": "村委会", "officer_name": "何英", "on": "2025-04-01"}
    assert "何英" in sent(client, f"/contact-points/{point.uid}/change/", changed).content.decode()
    assert (
        "已撤销" in sent(client, f"/contact-points/{point.uid}/end/", {"on": "2025-05-01"}).content.decode()
    )
    other = make_contact_point(cast.world)
    found = refused(client, f"/contact-points/{other.uid}/change/", {"phone": "没有", **ON})
    assert found == {"phone": ["contact.format"]}
