"""Times `parcours plan --instance` and OR-tools CP-SAT on the same files, one after the other, and prints a table.

    pip install ortools
    python3 crates/pathway/benches/cp_sat.py target/release/parcours FILE.json...

Each program answers each file three times; medians are shown, in seconds, reading of the file included for ours. CP-SAT
gets two workers and a minute. Its model says the same problem: a module is taken or not, a level is had if a taken module
brings it, and a taken module comes after one that brings each level it asks for.
"""

import json
import statistics
import subprocess
import sys
import time

from ortools.sat.python import cp_model

RUNS = 3
SECONDS = 60


def ours(binary, path):
    seconds, objective = [], None
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = json.loads(subprocess.run([binary, "plan", "--instance", path, "--json"], capture_output=True, check=True).stdout)
        seconds.append(time.perf_counter() - start)
        objective = answer["objective"] if answer["status"] == "optimal" else None
    return statistics.median(seconds), objective


def model_of(instance):
    model, modules = cp_model.CpModel(), instance["modules"]
    taken = [model.new_bool_var("") for _ in modules]
    place = [model.new_int_var(0, len(modules), "") for _ in modules]
    bringing = {}
    for number, module in enumerate(modules):
        for topic, level in module["teaches"].items():
            for lower in range(1, level + 1):
                bringing.setdefault((topic, lower), []).append(number)
    for number, module in enumerate(modules):
        for topic, level in module["requires"].items():
            if level < 1:
                continue
            links = []
            for other in bringing.get((topic, level), []):
                if other != number:
                    link = model.new_bool_var("")
                    model.add_implication(link, taken[other])
                    model.add(place[other] < place[number]).only_enforce_if(link)
                    links.append(link)
            model.add_bool_or(links + [taken[number].negated()])
    model.add(sum(module["hours"] * own for module, own in zip(modules, taken)) <= instance["hours_max"])
    model.add(sum(module["price"] * own for module, own in zip(modules, taken)) <= instance["price_max"])
    worth = []
    for topic, need in instance["needs"].items():
        for level in range(1, need["to"] + 1):
            had = model.new_bool_var("")
            model.add_bool_or([taken[number] for number in bringing.get((topic, level), [])] + [had.negated()])
            worth.append(1000 * need["weight"] * had)
    model.maximize(sum(worth) - sum(module["hours"] * own for module, own in zip(modules, taken)))
    return model


def theirs(path):
    with open(path, encoding="utf-8") as file:
        instance = json.load(file)
    seconds, objective = [], None
    for _ in range(RUNS):
        start = time.perf_counter()
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.max_time_in_seconds = SECONDS
        status = solver.solve(model_of(instance))
        seconds.append(time.perf_counter() - start)
        objective = round(solver.objective_value) if status == cp_model.OPTIMAL else None
    return statistics.median(seconds), objective


def main():
    binary, paths = sys.argv[1], sys.argv[2:]
    print("| file | ours, s | CP-SAT, s | ratio | same optimum |")
    print("|---|---|---|---|---|")
    for path in paths:
        (own, best), (other, rival) = ours(binary, path), theirs(path)
        same = "yes" if best is not None and best == rival else f"{best} / {rival}"
        print(f"| {path.rsplit('/', 1)[-1]} | {own:.3f} | {other:.3f} | {other / own:.1f} | {same} |", flush=True)


if __name__ == "__main__":
    main()
