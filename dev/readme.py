"""The README of each add-on, made of the fragments in its readme/ as the community does.

`./dcrc lint` finds it current, `./dcrc lint --fix` writes it.
"""

import ast
import re
import sys

from .base import ROOT, installed_addons

TITLES = {
    "DESCRIPTION": "",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "DEVELOP": "Development",
}
NOTE = "<!-- Made of readme/*.md by ./dcrc lint --fix: change those. -->"


def readme(addon):
    """Return what an add-on's README.md has to say.

    Sections stand in the community's order; headings of a fragment are one level below its title.
    """
    folder = ROOT / addon
    manifest = ast.literal_eval((folder / "__manifest__.py").read_text(encoding="utf-8"))
    parts = [NOTE, f"# {manifest['name']}", f"Version {manifest['version']}, licence {manifest['license']}."]
    for name, title in TITLES.items():
        fragment = folder / "readme" / f"{name}.md"
        if not fragment.exists():
            continue
        text = fragment.read_text(encoding="utf-8").strip()
        parts += [f"## {title}", re.sub(r"^##", "###", text, flags=re.MULTILINE)] if title else [text]
    return "\n\n".join(parts) + "\n"


def main():
    """Tell which README is not current, or write it; return 1 when one is to be mended."""
    stale = []
    for addon in installed_addons():
        path = ROOT / addon / "README.md"
        if path.exists() and path.read_text(encoding="utf-8") == readme(addon):
            continue
        if "--fix" in sys.argv[1:]:
            path.write_text(readme(addon), encoding="utf-8")
        else:
            stale.append(f"{path.relative_to(ROOT)}: not as readme/ says; ./dcrc lint --fix writes it")
    print("\n".join(stale), end="\n" if stale else "")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
