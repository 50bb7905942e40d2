#!/usr/bin/env python3
"""Fits the prices of core/conv/cost_prices.h to measurements.

  convscope_bench --costs --workloads TABLE > costs.txt    (one of them more_layers.csv)
  tools/fit_costs/fit_costs.py costs.txt [MORE.txt ...]

Prints each measurement beside the prediction of the new prices, their error by form, how well the
table and the model choose (time of the choice / time of the fastest), and the lines to paste.
Prices are not negative, and the squares of the relative errors are least.
"""
import math
import sys

KINDS = ["call", "vectors", "cells", "weights", "results", "rows", "far"]
FORMS = ["exact, small", "exact, rows", "stencil", "stencil, strided", "planes", "separable",
         "fft", "winograd", "bands", "panels", "transposed exact", "transposed phases", "transposed scatter",
         "transposed apart", "transposed winograd"]


def read(names):
    rows = []
    for name in names:
        for line in open(name, encoding="utf-8"):
            if line.startswith("workload;"):
                continue
            workload, chosen, rung, form, ns, _, amounts = line.rstrip("\n").split(";")
            # An inaccurate one, marked by "!", is measured but not chosen.
            rows.append({"workload": workload, "chosen": chosen, "rung": rung.rstrip("!"),
                         "allowed": not rung.endswith("!"), "form": form,
                         "ns": float(ns), "amounts": [float(a) for a in amounts.split(",")]})
    return rows


def fit(rows):
    """Non-negative least squares of the relative errors, one price at a time."""
    columns = len(KINDS)
    data = [[a / row["ns"] for a in row["amounts"]] for row in rows]
    prices = [0.0] * columns
    left = [1.0] * len(rows)  # 1 - prediction / measurement
    squares = [sum(line[k] ** 2 for line in data) for k in range(columns)]
    for _ in range(20000):
        for k in range(columns):
            if squares[k] == 0:
                continue
            step = sum(line[k] * rest for line, rest in zip(data, left)) / squares[k]
            new = max(0.0, prices[k] + step)
            change, prices[k] = new - prices[k], new
            if change:
                left = [rest - change * line[k] for line, rest in zip(data, left)]
    return prices


def predicted(row, prices):
    return sum(a * p for a, p in zip(row["amounts"], prices))


def main():
    rows = read(sys.argv[1:])
    if not rows:
        sys.exit(__doc__)
    prices = {form: fit([r for r in rows if r["form"] == form]) for form in FORMS}
    print(f"{'workload':32}{'form':22}{'measured':>12}{'predicted':>12}{'ratio':>7}")
    for row in rows:
        row["predicted"] = predicted(row, prices[row["form"]])
        print(f"{row['workload']:32}{row['form']:22}{row['ns']:12.0f}{row['predicted']:12.0f}"
              f"{row['predicted'] / row['ns']:7.2f}")
    print("\nform, measurements, typical error (geometric), worst")
    for form in FORMS:
        errors = [abs(math.log(max(r["predicted"], 1e-9) / r["ns"])) for r in rows
                  if r["form"] == form]
        if errors:
            print(f"{form:22}{len(errors):4}{math.exp(sum(errors) / len(errors)):7.2f}"
                  f"{math.exp(max(errors)):7.2f}")
    # Separable kernels are another layer: they are chosen by the kernel, not by their time.
    regrets = {"table": [], "model": []}
    for workload in dict.fromkeys(r["workload"] for r in rows):
        rungs = [r for r in rows if r["workload"] == workload and r["allowed"] and
                 r["rung"] != "separable"]
        least = min(r["ns"] for r in rungs)
        by_table = [r for r in rungs if r["rung"] == r["chosen"]]
        if not by_table or by_table[0]["rung"] == "exact":
            continue  # small layers are exact whatever that takes
        by_model = [min(rungs, key=lambda r: r["predicted"])]
        for name, choice in (("table", by_table), ("model", by_model)):
            regrets[name].append((choice[0]["ns"] / least, workload, choice[0]["rung"]))
    print("\nregret: chosen / fastest")
    for name, all_of in regrets.items():
        worst = max(all_of)
        mean = sum(r for r, _, _ in all_of) / len(all_of)
        print(f"{name}: mean {mean:.3f}, worst {worst[0]:.2f} ({worst[1]}, {worst[2]})")
    print()
    for form in FORMS:
        cells = ", ".join(f"{p if p > 1e-9 else 0:7.3g}" for p in prices[form])
        print(f"    {{{cells}}},  // {form}")


main()
