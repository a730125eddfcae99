"""The JSON Schema of feeds.yaml, for editors."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from aggregator.config import shape


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without what is true of the models only.

    Optional fields are None when a key is absent; the file itself has no null for them.
    """

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12: what it refuses, `parse` refuses; references between names and
    whatever else takes more than one value to judge is `parse`'s alone."""
    made = shape.FilePart.model_json_schema(schema_generator=_Generator)
    return {"$schema": _Generator.schema_dialect, **made, "title": "feeds.yaml"}
