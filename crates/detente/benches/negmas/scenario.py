"""Writes a random additive scenario as GENIUS XML: scenario.py FOLDER SEED PARTIES SIZES

SIZES are the numbers of levels of the issues, such as 10,10,10. Evaluations are whole numbers from 0 to 100,
weights hundredths that sum to 1 where there are at most 100 issues.
"""

import os
import random
import sys


def issues(sizes, evaluations=None, weights=None):
    lines = []
    for i, size in enumerate(sizes):
        lines.append(
            f'<issue index="{i + 1}" etype="discrete" type="discrete" vtype="discrete" name="issue{i + 1}">'
        )
        for j in range(size):
            worth = f' evaluation="{evaluations[i][j]}"' if evaluations else ""
            lines.append(f'<item index="{j + 1}" value="v{j + 1}"{worth}/>')
        lines.append("</issue>")
    for i, weight in enumerate(weights or []):
        lines.append(f'<weight index="{i + 1}" value="{weight / 100:.2f}"/>')
    return "\n".join(lines) + "\n"


def main():
    folder, seed, parties = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sizes = [int(size) for size in sys.argv[4].split(",")]
    rng = random.Random(seed)
    os.makedirs(folder, exist_ok=True)
    name = os.path.basename(os.path.normpath(folder))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    count = f'number_of_issues="{len(sizes)}"'
    root = f'<objective index="0" etype="objective" type="objective" description="" name="{name}">\n'
    with open(os.path.join(folder, f"{name}-domain.xml"), "w") as out:
        out.write(
            f"{head}<negotiation_template>\n<utility_space {count}>\n{root}{issues(sizes)}"
            "</objective>\n</utility_space>\n</negotiation_template>\n"
        )
    for party in range(parties):
        weights = [1] * len(sizes)
        for _ in range(max(0, 100 - len(sizes))):
            weights[rng.randrange(len(sizes))] += 1
        evaluations = [[rng.randint(0, 100) for _ in range(size)] for size in sizes]
        with open(os.path.join(folder, f"{name}-profile{party + 1}.xml"), "w") as out:
            out.write(
                f"{head}<utility_space {count}>\n{root}{issues(sizes, evaluations, weights)}"
                f'</objective>\n<reservation value="{rng.choice([0, 20, 30])}"/>\n</utility_space>\n'
            )


main()
