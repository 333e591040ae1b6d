"""Every shipped scenario validates against the committed JSON Schema, judged by an independent validator."""

import json
import pathlib
import sys

import jsonschema
import yaml

root = pathlib.Path(__file__).resolve().parent.parent
schema = json.loads((root / "scenarios/scenario.schema.json").read_text(encoding="utf-8"))
validator_class = jsonschema.validators.validator_for(schema)
validator_class.check_schema(schema)
validator = validator_class(schema)


class TextLoader(yaml.SafeLoader):
    """Dates stay text, as editors that complete from the schema see them."""


TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

failures = 0
scenarios = sorted((root / "scenarios").rglob("*.yaml"))
if not scenarios:
    sys.exit("no scenario found")
for path in scenarios:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=TextLoader)
    for error in validator.iter_errors(document):
        failures += 1
        place = "/".join(str(part) for part in error.absolute_path) or "(top)"
        print(f"{path.relative_to(root)}: {place}: {error.message}")
print(f"{len(scenarios)} scenarios checked, {failures} errors")
sys.exit(1 if failures else 0)
