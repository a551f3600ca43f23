"""The table at the end of `make fuzz`: what was tried as whom, and what was found. Exit code 1 on a finding.

    fuzz-table.py ROUNDS RESULTS SERVICE_LOG

ROUNDS has a line a role: role, exit code of schemathesis, seconds. RESULTS holds ROLE.xml and ROLE.log.
"""

import collections
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

# `timeout` ends a role that takes longer than it may; what was found until then counts all the same.
CUT_SHORT = 124


def main(rounds, results, log):
    found = 0
    print(f"\n{'role':<9}{'operations':>11}{'cases':>9}{'seconds':>9}{'findings':>10}  verdict")
    details = []
    for line in pathlib.Path(rounds).read_text().splitlines():
        role, code, seconds = line.split()
        said = pathlib.Path(results, role + ".log").read_text(errors="replace")
        cases = sum(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) generated", said)[:1])
        operations, kinds = findings(pathlib.Path(results, role + ".xml"))
        number = sum(kinds.values())
        complains = int(code) not in (0, CUT_SHORT) and not number and not only_forbids(said)
        verdict = "cut short" if int(code) == CUT_SHORT else "clean"
        if number or complains:
            verdict = "see .local/fuzz-results/" + role + ".log"
            found += number or 1
        print(f"{role:<9}{operations:>11}{cases:>9}{seconds:>9}{number:>10}  {verdict}")
        details += [f"  {role}: {count} × {kind}" for kind, count in kinds.most_common()]
    errors = [line for line in pathlib.Path(log).read_text().splitlines() if is_error(line)]
    print("\n".join(details))
    print(f"errors in the service's log: {len(errors)}")
    for line in errors[:5]:
        print("  " + line)
    return 1 if found or errors else 0


def only_forbids(said):
    """Whether the one thing that a role's run was failed for is that some operations are not for that role: 403 for all that
    was tried. A 401 would be a token that opens nothing, and everything else untested behind it."""
    warnings = re.findall(r"^  ⚠️ ([^:\n]+):", said, re.MULTILINE)
    is_understood = set(warnings) <= {"Authentication failed", "Missing test data", "Schema validation mismatch"}
    return is_understood and "403 Forbidden (" in said and "401 Unauthorized (" not in said


def findings(path):
    """Operations looked at, and how often each check failed; a role that was cut short leaves no file."""
    kinds = collections.Counter()
    operations = 0
    if not path.exists():
        return 0, kinds
    for case in tree.parse(path).getroot().iter("testcase"):
        operations += 1
        for fault in list(case.iter("failure")) + list(case.iter("error")):
            text = (fault.get("message") or "") + "\n" + (fault.text or "")
            titles = re.findall(r"^\s*- (.+)$", text, re.MULTILINE) or [text.strip().splitlines()[0]]
            for title in titles:
                kinds[f"{title.strip()} ({case.get('name')})"] += 1
    return operations, kinds


def is_error(line):
    try:
        return json.loads(line).get("level") in ("error", "critical")
    except ValueError:
        return bool(line.strip())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
