"""Fits models of statsforecast to series and says how fast, and with what likelihood.

Usage: statsforecast_peer.py SERIES MODEL COUNT, where SERIES has one series a line, comma separated. Prints one line
"seconds <CPU seconds> <series>", then one line a series: the log-likelihood (for theta the sum of squared errors from
the fourth on) and, for ETS, the corrected criterion of Akaike; nan where there is none.
"""

import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
from statsforecast.models import (  # noqa: E402
    ADIDA,
    IMAPA,
    TSB,
    AutoARIMA,
    AutoCES,
    AutoETS,
    CrostonOptimized,
    CrostonSBA,
    DynamicOptimizedTheta,
)


def main():
    path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rows = []
    with open(path) as file:
        for line in file:
            rows.append(np.array([float(v) for v in line.split(",")]))
            if len(rows) == count:
                break
    models = {
        "ets": lambda: AutoETS(season_length=7),
        "ces": lambda: AutoCES(season_length=7),
        "arima": lambda: AutoARIMA(season_length=7),
        "dot": lambda: DynamicOptimizedTheta(season_length=1),
        "croston_optimised": CrostonOptimized,
        "sba": CrostonSBA,
        "tsb": lambda: TSB(alpha_d=0.2, alpha_p=0.2),
        "adida": ADIDA,
        "imapa": IMAPA,
    }
    make = models[name]
    make().forecast(y=rows[0][:60], h=1)
    likelihoods, criteria = [], []
    begin = time.process_time()
    for y in rows:
        try:
            if name in ("ets", "ces", "arima", "dot"):
                fitted = make().fit(y).model_
                value = (
                    float(np.sum(fitted["residuals"][3:] ** 2)) if name == "dot" else float(fitted["loglik"])
                )
                if name == "arima":
                    # This software divides the squares of a differenced series by one more than there are.
                    p, q, sp, sq, m, d, sd = fitted["arma"]
                    n = len(y) - d - m * sd
                    value -= 0.5 * n * np.log((n + 1) / n) if d + sd > 0 else 0.0
                likelihoods.append(value)
                criteria.append(float(fitted.get("aicc", "nan")) if name == "ets" else float("nan"))
            else:
                make().forecast(y=y, h=28)
                likelihoods.append(float("nan"))
                criteria.append(float("nan"))
        except Exception:
            likelihoods.append(float("nan"))
            criteria.append(float("nan"))
    print("seconds", time.process_time() - begin, len(rows))
    for value, criterion in zip(likelihoods, criteria):
        print(value, criterion)


main()
