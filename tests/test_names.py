"""Beside any other application: what all add-ons of an Odoo share carries our prefix."""

import re
from pathlib import Path

import pytest
from lxml import etree

from odoo.fields import Field
from odoo.models import BaseModel
from odoo.tests import TransactionCase, tagged

from . import names, source

OURS = re.compile(r"^(/|--|\$|o_)?dcrc([._/-]|$)|^dcrc_dealer(_reports)?\.")
# We use these of Odoo's, too; what isn't Odoo's must carry our prefix.
SHARED = {"key of a context", "CSS class", "model", "kind of a bus message", "parameter of the system"}
# Keys that Odoo composes: the default of a field, a filter of the action's own search view.
COMPOSED = re.compile(r"^(default|search_default)_\w+$")
# A category that is our own (call_extras.js): its keys are nobody else's.
OWN_CATEGORY = {"booking"}
NAMED = ("page", "group", "filter", "div", "notebook", "separator", "setting", "block", "app")


@pytest.mark.parametrize("kind", names.KINDS)
def test_what_all_addons_share_carries_our_prefix(kind):
    found, others = names.ours()[kind], names.odoos()[kind]
    fine = {
        name
        for name in found
        if OURS.match(name)
        or kind in SHARED
        and name in others
        or kind == "key of a context"
        and COMPOSED.match(name)
        or kind == "key of a registry"
        and name in OWN_CATEGORY
    }
    assert {name: place for name, place in found.items() if name not in fine} == {}


@pytest.mark.parametrize("kind", sorted(set(names.KINDS) - SHARED))
def test_no_name_is_taken_by_an_addon_of_odoo(kind):
    others = names.odoos()[kind]
    assert others, "the names of Odoo's add-ons are not found: the comparison says nothing"
    assert {name: others[name] for name in names.ours()[kind] if name in others} == {}


def test_style_sheets_touch_only_what_is_ours(folder):
    """Every rule stands below a class of ours."""
    loose = []
    for path in folder.rglob("static/src/**/*.scss"):
        depth = 0
        for part in re.findall(r"[^{};]+\{|\}", re.sub(r"//.*|/\*(?:.|\n)*?\*/|#\{[^}]*\}", "", path.read_text())):
            if part.endswith("{") and not depth and not part.strip().startswith("@"):
                loose += [f"{path.name}: {one.strip()}" for one in part[:-1].split(",") if ".o_dcrc_" not in one]
            depth += 1 if part.endswith("{") else -1
    assert not loose


def _added(view):
    """Elements that an extension of a view brings along."""
    for part in view.iterfind(".//*[@position]"):
        if part.get("position") not in ("attributes", "move"):
            yield from (element for child in part for element in child.iter(*NAMED))


def test_what_we_add_to_views_of_others_is_named_as_ours(folder):
    """Others find pages, groups and filters by their name."""
    wrong = []
    for path in folder.rglob("*.xml"):
        if "static" in path.parts:
            continue
        for record in etree.parse(path).iterfind(".//record[@model='ir.ui.view']"):
            parent, mode = record.find("field[@name='inherit_id']"), record.find("field[@name='mode']")
            module = "" if parent is None else (parent.get("ref") or "").rpartition(".")[0]
            if module in ("", *source.ADDONS) or mode is not None and mode.text == "primary":
                continue
            wrong += [
                f"{path.name}: {element.tag} {element.get('name')}"
                for element in _added(record)
                if element.get("name") and "dcrc" not in element.get("name")
            ]
    assert not wrong


def test_new_names_are_found(tmp_path):
    """The finders see each kind, and only where it stands."""
    (tmp_path / "controllers").mkdir()
    (tmp_path / "controllers" / "x.py").write_text("@route('/shop/<int:x>')\ndef a(s): s.with_context(a_key=1).get()")
    (tmp_path / "static" / "src").mkdir(parents=True)
    (tmp_path / "static/src/x.js").write_text("registry.category('fields').add(\"score\", x); // .o_new")
    (tmp_path / "x.xml").write_text('<field name="path">shop</field><button context="{\'one\': 1}"/>')
    found = {kind: sorted(there) for kind, there in names._find([Path(tmp_path)]).items() if there}
    assert found == {
        "route": ["/shop"],
        "key of a context": ["a_key", "one"],
        "key of a registry": ["score"],
        "CSS class": ["o_new"],
        "address of an action": ["shop"],
    }


@tagged("post_install", "-at_install")
class TestNames(TransactionCase):
    def _parts(self):
        """Yield (model, class, name, value) of all that we add to models of others."""
        for model in self.env.registry.values():
            if model._name.startswith("dcrc."):
                continue
            for part in model.__mro__:
                if getattr(part, "_module", None) in source.ADDONS and part.__module__.startswith("odoo.addons.dcrc_"):
                    yield from ((model, part, name, value) for name, value in vars(part).items())

    def _known_elsewhere(self, model, name):
        """Is the name defined by a class that isn't ours, so that ours extends it?"""
        return any(name in vars(part) for part in model.__mro__ if getattr(part, "_module", None) not in source.ADDONS)

    def test_fields_and_methods_on_models_of_others_carry_our_prefix(self):
        wrong = {
            f"{model._name}.{name}"
            for model, _part, name, _value in self._parts()
            if "dcrc" not in name
            and not name.startswith("__")
            and name not in vars(BaseModel)
            and not self._known_elsewhere(model, name)
        }
        self.assertFalse(wrong)

    def test_choices_added_to_fields_of_others_carry_our_prefix(self):
        wrong = [
            f"{model._name}.{name}: {value}"
            for model, _part, name, field in self._parts()
            if isinstance(field, Field) and "dcrc" not in name
            for value, _label in (field._args__ or {}).get("selection_add", ())
            if not value.startswith("dcrc_")
        ]
        self.assertFalse(wrong)

    def test_tables_between_models_carry_our_prefix(self):
        wrong = {
            f"{model._name}.{name}: {field.relation}"
            for model, _part, name, _value in self._parts()
            if (field := model._fields.get(name)) and field.type == "many2many" and field.store
            if not field.relation.startswith("dcrc_")
        }
        self.assertFalse(wrong)
