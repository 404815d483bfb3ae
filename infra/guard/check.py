"""Policy as code: rules.guard over the template as SAM transforms it, and over violations.yaml; then cfn-lint.

Usage: check.py TEMPLATE CFN_GUARD
Needs cfn-lint, whose SAM translator does the transformation. ./carryover guard finds both and says so if it cannot.
"""

import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml
from cfnlint.api import lint_file
from cfnlint.decode import decode
from cfnlint.template import Template

HERE = pathlib.Path(__file__).parent
RULES = HERE / "rules.guard"
MOST_EXCEPTIONS = 4


def transformed(path):
    """The template with SAM's shorthand written out, as CloudFormation would see it."""
    template, problems = decode(path)
    if problems:
        sys.exit("\n".join(map(str, problems)))
    whole = Template(path, template, ["us-east-1"])
    problems = whole.transform()
    if problems:
        sys.exit("\n".join(map(str, problems)))
    return json.loads(json.dumps(whole.template, default=str))


def verdicts(guard, documents):
    """What each rule says of each document: {document: {rule: 'PASS' | 'FAIL' | 'SKIP'}}, and where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in documents.items():
            pathlib.Path(folder, name + ".json").write_text(json.dumps(document))
        run = subprocess.run(
            [guard, "validate", "-r", RULES, "-d", folder, "--structured", "-o", "json", "--show-summary", "none"],
            capture_output=True, text=True)
        # 0: all hold; 19: some do not. Anything else, or words on standard error, is a rule that cannot be read.
        if run.returncode not in (0, 19) or run.stderr.strip():
            sys.exit(f"cfn-guard ended with {run.returncode}: {run.stderr.strip()}")
    said, places = {}, {}
    for report in json.loads(run.stdout):
        name = pathlib.Path(report["name"]).stem
        said[name] = {rule: "PASS" for rule in report["compliant"]} | {rule: "SKIP" for rule in report["not_applicable"]}
        for failed in report["not_compliant"]:
            rule = failed["Rule"]["name"]
            said[name][rule] = "FAIL"
            places[name, rule] = sorted(set(re.findall(r'"path": "/Resources/([^/"]+)', json.dumps(failed)))
                                        | set(re.findall(r"Path=/Resources/([^/\[]+)", json.dumps(failed))))
    return said, places


def answers():
    """What stands above each rule: {rule: HIPAA paragraph and Config rule}."""
    found, above = {}, []
    for line in RULES.read_text().splitlines():
        rule = re.match(r"rule (\w+)", line)
        if line.startswith("# ") and "---" not in line:
            above.append(line[2:])
        elif rule:
            found[rule[1]] = " ".join(above)
        elif not line.startswith("let "):
            above = []
    return found


def main():
    path, guard = sys.argv[1:]
    rules = answers()
    exceptions = {entry["rule"]: entry for entry in yaml.safe_load((HERE / "exceptions.yaml").read_text())}
    violations = yaml.safe_load((HERE / "violations.yaml").read_text())
    said, places = verdicts(guard, {"template": transformed(path)})
    bites, _ = verdicts(guard, {name: {"Resources": resources} for name, resources in violations.items()})
    template, problems, today = said["template"], [], datetime.date.today()

    for rule in sorted(set(exceptions) - set(rules)):
        problems.append(f"exceptions.yaml: there is no rule {rule}")
    if len(exceptions) > MOST_EXCEPTIONS:
        problems.append(f"exceptions.yaml: {len(exceptions)} exceptions, at most {MOST_EXCEPTIONS}")
    for rule, above in rules.items():
        if not re.search(r"164\.\d+|^- \|", above):
            problems.append(f"{rule}: no paragraph stands above it")
        if bites.get(rule, {}).get(rule) != "FAIL":
            problems.append(f"{rule}: violations.yaml has no template that breaks it")
        verdict, exception = template.get(rule, "SKIP"), exceptions.get(rule)
        if verdict == "SKIP":
            problems.append(f"{rule}: looks at nothing in the template")
        elif exception and verdict == "PASS":
            problems.append(f"{rule}: holds, so its exception is to go")
        elif exception and exception["expires"] < today:
            problems.append(f"{rule}: its exception ended on {exception['expires']}")
        elif verdict == "FAIL" and not exception:
            problems.append(f"{rule}: broken by {', '.join(places['template', rule])} ({above})")
    lint = [str(match) for match in lint_file(pathlib.Path(path))]
    problems += lint

    for exception in exceptions.values():
        print(f"exception until {exception['expires']}: {exception['rule']} - {' '.join(exception['reason'].split())}")
    for problem in problems:
        print(problem, file=sys.stderr)
    held = sum(template.get(rule) == "PASS" for rule in rules)
    caught = sum(bites.get(rule, {}).get(rule) == "FAIL" for rule in rules)
    print(f"{len(rules)} rules: {held} hold, {len(exceptions)} exceptions; {caught} of {len(rules)} violating templates caught; "
          f"cfn-lint: {len(lint)} findings")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
