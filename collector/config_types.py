"""What a value of config.yaml may be, and what its sections have in common. Knows no key."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from collector import config_values as values

Duration = Annotated[
    float,
    BeforeValidator(
        values.duration, json_schema_input_type=float | Annotated[str, Field(examples=["30s", "15m", "1h"])]
    ),
]
Interval = Annotated[Duration, AfterValidator(values.some_time)]
Bounds = Annotated[
    tuple[Interval, Interval],
    BeforeValidator(values.pair, json_schema_input_type=tuple[Interval, Interval]),
    AfterValidator(values.from_to),
]
Size = Annotated[
    int, BeforeValidator(values.size, json_schema_input_type=int | Annotated[str, Field(examples=["10MB", "512KiB"])])
]
Ages = Annotated[tuple[Duration, ...], AfterValidator(values.growing)]
Url = Annotated[str, AfterValidator(values.web_address)]
SecretUrl = Annotated[str, AfterValidator(values.secret_address)]
Host = Annotated[str, AfterValidator(values.host)]
Listener = Annotated[str, AfterValidator(values.listener)]
RuleHost = Annotated[Host, AfterValidator(values.read_by)]
Label = Annotated[str, AfterValidator(values.charset)]
Mailbox = Annotated[str, AfterValidator(values.mailbox)]
Token = Annotated[str, AfterValidator(values.token)]
Printable = Annotated[str, AfterValidator(values.printable)]
DetourFrom = Annotated[str, AfterValidator(values.detour_from)]
DetourTo = Annotated[str, AfterValidator(values.detour_to)]


class Section(BaseModel):
    """Keys and nothing else, never changed once read."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,  # an input may be a secret
    )

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_the_default(cls, data: Any) -> Any:
        """`key:` with nothing behind it means the default: what remains when its lines are commented out."""
        if not isinstance(data, dict):
            return {} if data is None else data
        optional = {name for name, field in cls.model_fields.items() if not field.is_required()}
        return {key: value for key, value in data.items() if value is not None or key not in optional}
