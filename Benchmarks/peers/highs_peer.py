"""Solves a published placement instance with HiGHS on one thread and prints one line of JSON.

Usage: highs_peer.py pmedian|uncapacitated|capacitated FILE [--capacity C] [--time-limit S]
"""
import argparse
import json
import time

import highspy
import numpy as np

arguments = argparse.ArgumentParser()
arguments.add_argument("kind", choices=["pmedian", "uncapacitated", "capacitated"])
arguments.add_argument("file")
arguments.add_argument("--capacity", type=float)
arguments.add_argument("--time-limit", type=float, default=60)
options = arguments.parse_args()

words = open(options.file).read().split()
if options.kind == "pmedian":
    n, edges, sites = int(words[0]), int(words[1]), int(words[2])
    distance = np.full((n, n), np.inf)
    np.fill_diagonal(distance, 0)
    for k in range(edges):
        a, b, length = int(words[3 + 3 * k]) - 1, int(words[4 + 3 * k]) - 1, float(words[5 + 3 * k])
        distance[a, b] = distance[b, a] = length
    for k in range(n):
        distance = np.minimum(distance, distance[:, [k]] + distance[[k], :])
    m, fixed, cost, demand, capacity = n, np.zeros(n), distance, np.ones(n), None
else:
    n, m = int(words[0]), int(words[1])
    head = words[2 : 2 + 2 * n]
    fixed = np.array([float(w) for w in head[1::2]])
    room = [options.capacity if w == "capacity" else float(w) for w in head[::2]]
    body = words[2 + 2 * n :]
    demand = np.array([float(body[i * (n + 1)]) for i in range(m)])
    cost = np.array([[float(w) for w in body[i * (n + 1) + 1 : (i + 1) * (n + 1)]] for i in range(m)]).T
    sites, capacity = None, np.array(room, dtype=float) if options.kind == "capacitated" else None

# Columns: n openings, then n x m parts. Rows: each client served, parts at open sites, capacities, number of sites.
infinity = highspy.kHighsInf
lower, upper, starts, index, value = [], [], [], [], []


def row(low, high, columns, values):
    starts.append(len(index))
    lower.append(low)
    upper.append(high)
    index.extend(columns)
    value.extend(values)


for i in range(m):
    row(1, 1, [n + j * m + i for j in range(n)], [1] * n)
for j in range(n):
    for i in range(m):
        row(-infinity, 0, [n + j * m + i, j], [1, -1])
if capacity is not None:
    for j in range(n):
        row(-infinity, 0, [n + j * m + i for i in range(m)] + [j], list(demand) + [-capacity[j]])
if sites is not None:
    row(sites, sites, list(range(n)), [1] * n)

model = highspy.HighsModel()
lp = model.lp_
lp.num_col_, lp.num_row_ = n + n * m, len(lower)
lp.col_cost_ = np.concatenate([fixed, np.minimum(cost, 1e9).reshape(-1)])
lp.col_lower_, lp.col_upper_ = np.zeros(n + n * m), np.ones(n + n * m)
lp.row_lower_, lp.row_upper_ = np.array(lower, dtype=float), np.array(upper, dtype=float)
lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
lp.a_matrix_.start_ = np.array(starts + [len(index)], dtype=np.int32)
lp.a_matrix_.index_, lp.a_matrix_.value_ = np.array(index, dtype=np.int32), np.array(value, dtype=float)
lp.integrality_ = [highspy.HighsVarType.kInteger] * n + [highspy.HighsVarType.kContinuous] * (n * m)

solver = highspy.Highs()
for key, setting in [("output_flag", False), ("threads", 1), ("time_limit", options.time_limit), ("mip_rel_gap", 1e-9)]:
    solver.setOptionValue(key, setting)
solver.passModel(model)
began = time.perf_counter()
solver.run()
seconds = time.perf_counter() - began
info = solver.getInfo()
gap = info.mip_gap if np.isfinite(info.mip_gap) else 1.0
print(
    json.dumps(
        {
            "version": solver.version(),
            "seconds": seconds,
            "proved": solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
            "gap": gap,
        }
    )
)
