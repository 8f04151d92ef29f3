"""A document is put into a pydantic model; what does not fit becomes problems with a place."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from difflib import get_close_matches
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from crisis.loading.located import Document, Loc, YamlValue
from crisis.loading.problem import Problem, in_order
from crisis.loading.yaml_builder import MAX_FINDINGS

Model = TypeVar("Model", bound=BaseModel)

# Each mistake takes about a kilobyte while they are sorted out.
_FEW, _MOST = 10_000, 100_000
_BEGINNING = 100
_MISSING = "missing"
_UNKNOWN = "extra_forbidden"
_REFUSED = "refused"
_WRONG_VALUE = ("value_error", "literal_error", "enum", "too_", "greater_", "less_", "string_")
_LISTS = ("list_type", "tuple_type")
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "a mapping"),
    (NoneType, "nothing"),
)


class FileModel(BaseModel):
    """Base of everything authors write: unknown keys refused, nothing bent into shape."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def check_shape(
    document: Document, model: type[Model]
) -> tuple[Model | None, tuple[Problem, ...]]:
    """
    Return the document as a model, and every mistake in its shape (the first 200).

    The model is there even beside unknown keys, so that whoever checks references
    can report those mistakes too; after any other mistake it is None.
    """
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        details = _details(error, document, model)
        if not details:
            message = f"{error.error_count():,} mistakes of shape are more than can be listed"
            hint = "compare the file with one that is sound"
            return None, (document.problem((), "YA002", message, hint=hint),)
    problems = in_order(_problem(document, model, detail) for detail in details[:MAX_FINDINGS])
    if any(detail["type"] != _UNKNOWN for detail in details):
        return None, problems
    known = deepcopy(document.data)
    for detail in details:
        _remove(known, _real_loc(known, detail["loc"]))
    try:
        return model.model_validate(known), problems
    except ValidationError:
        return None, problems


def _details(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> list[ErrorDetails]:
    """Return the mistakes, or those in the beginnings of all lists; none if they are too many."""
    many = error.error_count()
    if many > _FEW:
        try:
            model.model_validate(_beginnings(document.data))
        except ValidationError as first:
            if first.error_count() <= _FEW:
                return first.errors(include_url=False)
    return error.errors(include_url=False) if many <= _MOST else []


def _beginnings(data: YamlValue) -> YamlValue:
    match data:
        case dict():
            return {key: _beginnings(value) for key, value in data.items()}
        case list():
            return [_beginnings(value) for value in data[:_BEGINNING]]
        case _:
            return data


def refuse(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return what a validator raises to name its own rule and cure."""
    context = {"code": code, "message": message, "hint": hint}
    return PydanticCustomError(_REFUSED, "{message}", context)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or else all of them."""
    words = sorted(known)
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known: {', '.join(words)}" if words else "none is defined"


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    loc = _real_loc(document.data, detail["loc"])
    if detail["type"] == _UNKNOWN:
        key = str(detail["loc"][-1])
        place = document.place(loc, of_key=True)
        hint = did_you_mean(key, _keys_at(model, detail["loc"][:-1]))
        return Problem(
            path=place.path or document.path,
            line=place.line,
            column=place.column,
            code="SH001",
            message=f"unknown key `{key}`",
            hint=hint,
        )
    if detail["type"] == _MISSING:
        missing = str(detail["loc"][-1])
        where = f" in {named(loc)}" if loc else ""
        return document.problem(loc, "SH002", f"missing key `{missing}`{where}")
    if detail["type"] == _REFUSED:
        context = detail["ctx"]
        return document.problem(loc, context["code"], context["message"], hint=context["hint"])
    code = "SH004" if detail["type"].startswith(_WRONG_VALUE) else "SH003"
    if detail["type"] == "string_type":
        code = "SH003"
    return document.problem(
        loc, code, f"{named(loc)}: {_message(detail)}", hint=_hint(model, detail)
    )


def named(loc: Loc) -> str:
    """Return a way down as people write it: `phases[0].steps[2].within`."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return f"`{text.lstrip('.')}`" if text else "the file"


def _real_loc(data: YamlValue, loc: tuple[int | str, ...]) -> Loc:
    """Leave out what pydantic adds to a loc (union members) and the file does not have."""
    real: list[int | str] = []
    here = data
    for part in loc:
        found, below = _step_down(here, part)
        if found:
            here = below
            real.append(part)
    return tuple(real)


def _remove(data: YamlValue, loc: Loc) -> None:
    for part in loc[:-1]:
        _, data = _step_down(data, part)
    if isinstance(data, dict):
        data.pop(str(loc[-1]), None)


def _step_down(data: YamlValue, part: int | str) -> tuple[bool, YamlValue]:
    match data, part:
        case dict(), str() if part in data:
            return True, data[part]
        case list(), int() if part < len(data):
            return True, data[part]
        case _:
            return False, None


def _message(detail: ErrorDetails) -> str:
    given = detail["input"]
    if detail["type"] in {"value_error", "assertion_error"}:
        return detail["msg"].split(", ", 1)[1]
    if detail["type"] == "literal_error":
        return f"`{given}` is not possible here"
    if detail["type"].endswith("_type") or detail["type"] == "is_instance_of":
        return f"{_wanted(detail)} belongs here, not {_kind(given)}"
    if detail["type"] == "too_short":
        return "at least one entry is needed" if not given else "more entries are needed"
    return detail["msg"][:1].lower() + detail["msg"][1:]


def _hint(model: type[BaseModel], detail: ErrorDetails) -> str:
    given = detail["input"]
    if detail["type"] == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace("'", "")
        return did_you_mean(str(given), expected.replace(" or ", ", ").split(", "))
    if detail["type"] == "string_type" and isinstance(given, int | float):
        return f'write it in quotes: "{str(given).lower()}"'
    if detail["type"] in _LISTS and isinstance(given, str):
        return f"write it in brackets: [{given}]"
    if detail["type"] == "model_type":
        return f"its keys: {', '.join(_keys_at(model, detail['loc']))}"
    return ""


def _wanted(detail: ErrorDetails) -> str:
    return {
        "string_type": "a text",
        "int_type": "a number",
        "bool_type": "true or false",
        **dict.fromkeys(_LISTS, "a list"),
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "model_attributes_type": "a mapping",
    }.get(detail["type"], "something else")


def _kind(given: object) -> str:
    return next((word for kind, word in _KINDS if isinstance(given, kind)), "this")


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that are possible at a loc, over all members of a union."""
    here: list[Any] = [model]
    for part in loc:
        below = [found for one in here for found in _below(one, part)]
        # A part that leads nowhere is the tag of a union: stay where we are.
        here = below or here
    return sorted({key for one in _plain(here) for key in _keys_of(one)})


def _plain(annotations: list[Any]) -> Iterator[Any]:
    for one in annotations:
        origin = get_origin(one)
        if origin is Annotated:
            yield from _plain([get_args(one)[0]])
        elif origin is not None and origin not in {list, tuple, dict}:
            yield from _plain(list(get_args(one)))
        elif isinstance(one, type) and issubclass(one, RootModel):
            yield from _plain([one.model_fields["root"].annotation])
        else:
            yield one


def _keys_of(annotation: object) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [field.alias or name for name, field in annotation.model_fields.items()]
    return []


def _below(annotation: object, part: int | str) -> Iterator[Any]:
    for one in _plain([annotation]):
        if get_origin(one) in {list, tuple, dict}:
            if isinstance(part, int) or get_origin(one) is dict:
                yield [arg for arg in get_args(one) if arg is not Ellipsis][-1]
        elif isinstance(one, type) and issubclass(one, BaseModel):
            for name, field in one.model_fields.items():
                if part in {name, field.alias}:
                    yield field.annotation
