"""The field types of records: ids, texts, dates, and marks for references."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

PARAMETER = "parameter"  # what `{name}` in a playbook can be, besides a record
END = "end"  # where an exit of a step leads that ends the case; no step can have it as its id
DURATION = re.compile(r"1 (minute|hour|day|working day)|([2-9]|[1-9]\d+) (minutes|hours|days|working days)")
REFERENCE = re.compile(r"\{([^{}]*)\}")


def invalid(message: str, remedy: str) -> PydanticCustomError:
    """An error for a rule that one record breaks, with its remedy."""
    return PydanticCustomError("record_rule", "{message}", {"message": message, "remedy": remedy})


class IdOf:
    """Marks a field that holds the id of a record of one of these kinds, by their ids in `kinds.KINDS`."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Add a mark that `sop schema` replaces with the existing ids."""
        return {**handler(core), "x-names": self.kinds}


class Mentions(IdOf):
    """Marks a text that may refer to records of these kinds, or to parameters, as `{id}`."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return dict(handler(core))


def as_tuple(value: Any) -> Any:
    """A tuple with one item, if the value is no list."""
    return value if value is None or isinstance(value, tuple | list) else (value,)  # JSON has lists


def as_date(value: Any) -> Any:
    """The date in a text such as `2023-02-15`; ValueError if it is invalid."""
    return datetime.strptime(value, "%Y-%m-%d").date() if isinstance(value, str) else value


def as_datetime(value: Any) -> Any:
    """The date and time in a text such as `2023-02-15 16:07`; ValueError if it is invalid."""
    return datetime.strptime(value, "%Y-%m-%d %H:%M") if isinstance(value, str) else value


def validate_duration(text: str) -> str:
    """A time such as `48 hours` or `1 working day`, or a parameter in its place."""
    if not (DURATION.fullmatch(text) or REFERENCE.fullmatch(text)):
        remedy = "write a whole number and minutes, hours, days or working days, such as '48 hours'"
        raise invalid(f"'{text}' is not a time", remedy)
    return text


def without_invisible_differences(text: str) -> str:
    """The text with single spaces and composed characters, so that texts that look the same are equal."""
    if "  " in text:
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(without_invisible_differences)
]
StepText = Annotated[Text, Mentions("role", "system", "term", PARAMETER)]
ParameterText = Annotated[Text, Mentions("role", "system", "term")]
Words = Annotated[Text, Mentions()]
GapText = Annotated[Text, Mentions("issue_type", "role", "system", "term", "marketplace")]
Date = Annotated[date, BeforeValidator(as_date)]
DateTime = Annotated[
    datetime,
    BeforeValidator(as_datetime),
    PlainSerializer(lambda value: f"{value:%Y-%m-%d %H:%M}", when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d \d\d:\d\d$"}),
]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}(-[0-9a-f]{4}){2}$")]
Duration = Annotated[Text, AfterValidator(validate_duration), Mentions(PARAMETER)]
IssueTypeId = Annotated[str, IdOf("issue_type")]
RoleId = Annotated[str, IdOf("role")]
SystemId = Annotated[str, IdOf("system")]
TermId = Annotated[str, IdOf("term")]
PlaybookId = Annotated[str, IdOf("playbook")]
MarketplaceId = Annotated[str, IdOf("marketplace")]


class OneOrMore(BeforeValidator):
    """Marks a list that may be written as its only item."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        many = handler(core)
        many = many["anyOf"][0] if "anyOf" in many else many  # None is the default, and no value in a file
        return {"anyOf": [many["items"], many]}


class Record(BaseModel):
    """The base of all models: immutable, strict, and without unknown keys."""

    # Validators are built when they are first used; records inside others need none of their own.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
    moved: ClassVar[Mapping[str, str]] = {}  # an old key -> the remedy


class NamedRecord(Record):
    """A record with a name; aliases are search hints and never shown."""

    name: Text
    aliases: tuple[Text, ...] = ()


class DefinedRecord(NamedRecord):
    """A named record; ``means`` is what its name means or stands for."""

    means: Words | None = None


class AddressedRecord(DefinedRecord):
    """A record with a page; ``formerly`` are ids that it had, whose addresses lead to it."""

    formerly: tuple[Id, ...] = ()
