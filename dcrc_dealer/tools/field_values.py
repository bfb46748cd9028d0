"""What values for `create` or `write` hand over: their ids, and whether they can be used at all.

Works on the fields that a model describes itself with; reads no record.
"""

from .given import MAX_INT, YEARS, Malformed, is_day, is_moment, is_number, is_text

DEEPEST = 8
COUNTED = range(100, 9000)  # years with room to count on both sides
LARGEST = 10**15  # of an amount
TEXTS = ("char", "text", "html", "binary", "image")


def ids_in_values(model, vals, depth=0):
    """Yield (model name, id) of every record that values point at, lines of lines included.

    :raise Malformed: an unknown field, or a value that its field can't hold.
    """
    if not isinstance(vals, dict) or depth > DEEPEST:
        raise Malformed(model._description)
    for name, value in vals.items():
        field = model._fields.get(name)
        if field is None:
            raise Malformed(str(name)[:80])
        if field.type in ("one2many", "many2many"):
            yield from _ids_in_commands(model, field, value, depth)
        elif field.type == "many2one":
            yield from _id_of(field.comodel_name, value, name)
        elif field.type == "reference":
            yield from _reference(value, name)
        elif field.type == "many2one_reference":
            yield from _id_of(vals.get(field.model_field) or model[:1][field.model_field], value, name)
        elif field.type == "properties":
            yield from _properties(value, name)
        elif value is not None and value is not False:
            _check_plain(model.env, field, value)


def forms_around(model, vals):
    """The values of a line's form that are a whole form: that in which the line stands."""
    links = {name for name, field in model._fields.items() if field.type == "many2one"}
    found = vals.items() if isinstance(vals, dict) else ()
    return {name: value for name, value in found if name in links and isinstance(value, dict)}


def _id_of(comodel, value, name):
    """The id of a many2one: a number, nothing, or a record that is not saved yet."""
    if isinstance(value, (list, tuple)) and len(value) == 2 and isinstance(value[1], str):
        value = value[0]  # as `read` gives it
    if isinstance(value, dict):
        if not value.keys() <= {"id", "display_name"}:
            raise Malformed(name)
        value = value.get("id")
    if isinstance(value, bool) and value or isinstance(value, (list, tuple, float, bytes)):
        raise Malformed(name)
    if isinstance(value, int) and value and comodel:
        yield comodel, value
    elif isinstance(value, str) and not is_text(value):
        raise Malformed(name)


def _reference(value, name):
    if not value:
        return
    model, comma, record_id = str(value).partition(",") if isinstance(value, str) else ("", "", "")
    if isinstance(value, str) and (not comma or not record_id.strip().lstrip("-").isdigit()):
        raise Malformed(name)
    if model and record_id:
        yield model, int(record_id)


def _properties(value, name):
    if not value:
        return
    if not isinstance(value, (list, tuple, dict)):
        raise Malformed(name)
    for item in value if not isinstance(value, dict) else ():
        if not isinstance(item, dict):
            raise Malformed(name)
        if item.get("comodel"):
            given = item.get("value") or ()
            for one in [given] if isinstance(given, int) else given:
                yield from _id_of(item["comodel"], one, name)


def _ids_in_commands(model, field, value, depth):
    if not value:
        return
    if not isinstance(value, (list, tuple)):
        raise Malformed(field.name)
    comodel = model.env[field.comodel_name]
    for command in value:
        if isinstance(command, int) and not isinstance(command, bool):
            yield field.comodel_name, command
        elif isinstance(command, (list, tuple)) and command:
            yield from _ids_in_command(comodel, field.name, command, depth)
        elif not isinstance(command, dict):
            raise Malformed(field.name)


def _ids_in_command(comodel, name, command, depth):
    code, target, given = [*command, None, None][:3]
    if code not in range(7) or isinstance(code, bool):
        raise Malformed(name)
    if code in (1, 2, 3, 4):
        yield from _id_of(comodel._name, target, name)
    if code in (0, 1) and given:
        yield from ids_in_values(comodel, given, depth + 1)
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
