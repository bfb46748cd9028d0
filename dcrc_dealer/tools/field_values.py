"""What values for `create` or `write` hand over: their ids, and whether they can be used at all.

Works on the fields that a model describes itself with; reads no record.
"""

import re

from .given import MAX_INT, YEARS, Malformed, is_day, is_moment, is_number, is_text

DEEPEST = 8
COUNTED = range(100, 9000)  # years with room to count on both sides
LARGEST = 10**15  # of an amount
FIGURES = re.compile(r"-?[0-9]+")
TEXTS = ("char", "text", "html", "binary", "image")


def leads(field):
    """Whether values of a field point at records."""
    return field is not None and (field.relational or field.type in ("reference", "many2one_reference", "properties"))


def references(model):
    """{field with ids: field with the name of their model}: declared so, or by Odoo's names for such a pair."""
    found = {}
    for name, field in model._fields.items():
        if field.type == "many2one_reference":
            found[name] = field.model_field
        elif name in ("res_id", "res_ids") and field.type in ("integer", "char", "text"):
            found.update((name, other) for other in ("model", "res_model") if other in model._fields)
    return found


def name_origin(model, name):
    """The field of the model (`ir.model`) that a field with a model's name is taken from, as a set."""
    field = model._fields.get(name)
    first, dot, rest = (field is not None and field.related or "").partition(".")
    return {first} if dot and rest == "model" and model._fields[first].comodel_name == "ir.model" else set()


def ids_in_values(model, vals, only=None, depth=0):
    """Yield (model name, id) of every record that values point at, lines of lines included.

    :param only: names of the fields that count, None: all, and no others are known.
    :raise Malformed: an unknown field, or a value that its field can't hold.
    """
    if not isinstance(vals, dict) or depth > DEEPEST:
        raise Malformed(model._description)
    pairs = getattr(type(model), "_dcrc_door_pairs", {})
    for name, value in vals.items():
        field = model._fields.get(name)
        if only is not None and name not in only:
            continue
        if field is None:
            raise Malformed(str(name)[:80])
        if field.type in ("one2many", "many2many"):
            yield from _ids_in_commands(model, field, value, depth)
        elif field.type == "many2one":
            if only is None and isinstance(value, str) and value:
                raise Malformed(name)  # our code goes by numbers
            yield from _id_of(field.comodel_name, value, name)
        elif field.type == "reference":
            yield from _reference(value, name)
        elif field.type == "properties":
            yield from _properties(model, field, vals, value)
        elif name not in pairs and value is not None and value is not False:
            _check_plain(model.env, field, value)
    yield from _ids_named(model, vals, pairs)


def _named_models(model, name, vals):
    """The models that a number beside the field `name` may be meant of: as said, else as it stands."""
    context = model.env.context
    if isinstance(vals.get(name), str):
        return {vals[name]}
    for origin in name_origin(model, name):
        given = vals.get(origin, context.get(f"default_{origin}"))
        if isinstance(given, int) and not isinstance(given, bool):
            return {model.env["ir.model"].sudo().browse(given).exists().model}
    if any(model._ids):
        return set(model.sudo().mapped(name))
    return {context.get(f"default_{name}", context.get("active_model"))}


def _ids_named(model, vals, pairs):
    """Numbers beside the name of a model, in values and, when values name another model, in the rows."""
    for name, other in pairs.items():
        if name in vals:
            numbers = [vals[name]]
        elif any(model._ids) and (other in vals or not name_origin(model, other).isdisjoint(vals)):
            numbers = model.sudo().mapped(name)
        else:
            continue
        if model._fields[name].type in ("char", "text"):
            numbers = [one for text in numbers for one in FIGURES.findall(str(text or ""))]
        for comodel in _named_models(model, other, vals):
            for number in numbers:
                yield from _id_of(comodel, number, name)


def forms_around(model, vals):
    """The values of a line's form that are a whole form: that in which the line stands."""
    links = {name for name, field in model._fields.items() if field.type == "many2one"}
    found = vals.items() if isinstance(vals, dict) else ()
    return {name: value for name, value in found if name in links and isinstance(value, dict)}


def _id_of(comodel, value, name):
    """The id of a many2one: a number (or its figures), nothing, or a record that is not saved yet."""
    if isinstance(value, (list, tuple)) and len(value) == 2 and isinstance(value[1], str):
        value = value[0]  # as `read` gives it
    if isinstance(value, dict):
        if not value.keys() <= {"id", "display_name"}:
            raise Malformed(name)
        value = value.get("id")
    if isinstance(value, bool) and value or isinstance(value, (list, tuple, float, bytes)):
        raise Malformed(name)
    if isinstance(value, str):
        if not is_text(value):
            raise Malformed(name)
        figures = value.strip().lstrip("+-")
        value = int(value) if figures.isdecimal() and len(figures) < 20 else 0
    if isinstance(value, int) and value and comodel:
        yield comodel, value


def _reference(value, name):
    if not value:
        return
    model, comma, record_id = str(value).partition(",") if isinstance(value, str) else ("", "", "")
    if isinstance(value, str) and (not comma or not record_id.strip().lstrip("-").isdigit()):
        raise Malformed(name)
    if model and record_id:
        yield model, int(record_id)


def _properties(model, field, vals, value):
    """Ids in properties: given with their definition, or by their names alone."""
    if not value:
        return
    if isinstance(value, dict):
        known = {item.get("name"): item for item in _definition(model, field, vals)}
        value = [{**known.get(key, {}), "value": item} for key, item in value.items()]
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, dict) for item in value):
        raise Malformed(field.name)
    for item in value:
        for key in ("value", "default") if item.get("comodel") else ():
            given = item.get(key) or ()
            for one in given if isinstance(given, (list, tuple)) and not _is_pair(given) else [given]:
                yield from _id_of(item["comodel"], tuple(one) if isinstance(one, list) else one, field.name)


def _is_pair(value):
    """Whether this is one record as `read` gives it: its id and its name."""
    return len(value) == 2 and isinstance(value[1], str)


def _definition(model, field, vals):
    """What the container of properties says about them."""
    holder = field.definition_record
    given = vals.get(holder) if holder in vals else model.env.context.get(f"default_{holder}")
    if isinstance(given, int) and given:
        container = model.env[model._fields[holder].comodel_name].sudo().browse(given).exists()
    else:
        container = (model[:1] if any(model._ids) else model.new()).sudo()[holder]
    return container.sudo()[field.definition_record_field] or () if container else ()


def _ids_in_commands(model, field, value, depth):
    if not value:
        return
    if getattr(value, "_name", None) == field.comodel_name:
        return  # records, by our or Odoo's code: no client sends them
    if not isinstance(value, (list, tuple)):
        raise Malformed(field.name)
    comodel = model.env[field.comodel_name]
    for command in value:
        if isinstance(command, int) and not isinstance(command, bool):
            yield field.comodel_name, command
        elif isinstance(command, (list, tuple)) and command:
            yield from _ids_in_command(comodel, field.name, command, depth)
        elif isinstance(command, dict):
            yield from _id_of(field.comodel_name, command.get("id"), field.name)
            yield from ids_in_values(comodel, {**command, "id": False}, None, depth + 1)
        else:
            raise Malformed(field.name)


def _ids_in_command(comodel, name, command, depth):
    code, target, given = [*command, None, None][:3]
    if code not in range(7) or isinstance(code, bool):
        raise Malformed(name)
    if code in (1, 2, 3, 4):
        yield from _id_of(comodel._name, target, name)
    if code in (0, 1) and given:
        yield from ids_in_values(comodel, given, None, depth + 1)
    if code == 6:
        if not isinstance(given, (list, tuple)):
            raise Malformed(name)
        for one in given:
            yield from _id_of(comodel._name, one, name)


def _check_plain(env, field, value):
    """Refuse what Python or PostgreSQL would stumble over, in a field without records."""
    kind = field.type
    if kind == "selection":
        usable = value == "" or isinstance(value, str) and value in field.get_values(env)
    elif kind in TEXTS:
        usable = is_text(value) if isinstance(value, str) else not isinstance(value, (list, dict, tuple, set))
    elif kind == "integer":
        usable = is_number(value) and abs(value) <= MAX_INT or isinstance(value, (bool, str)) and _is_number(value)
    elif kind in ("float", "monetary"):
        usable = is_number(value) and abs(value) < LARGEST or isinstance(value, (bool, str)) and _is_number(value)
    elif kind in ("date", "datetime") and value != "":
        # whether a day makes sense is said by the model, in better words
        usable = is_day(value, COUNTED if kind == "date" else YEARS) or is_moment(value)
    else:
        usable = True
    if not usable:
        raise Malformed(field.name)


def _is_number(value):
    try:
        return abs(float(value or 0)) <= MAX_INT
    except ValueError:
        return False
