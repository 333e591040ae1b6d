"""Times stockpyl on the problems that the replenishment benchmark solves, one line each: name, solutions a second."""
import time

from stockpyl.gsm_tree import optimize_committed_service_times
from stockpyl.newsvendor import newsvendor_normal
from stockpyl.rq import r_q_poisson_exact
from stockpyl.ss import s_s_discrete_exact
from stockpyl.ssm_serial import optimize_base_stock_levels
from stockpyl.instances import load_instance


def rate(name, solve, least=0.5):
    solve()
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < least or count < 1:
        solve()
        count += 1
    print(f"{name}\t{count / (time.perf_counter() - began)}", flush=True)


rate("newsvendor", lambda: newsvendor_normal(0.18, 0.70, 50, 8))
rate("rq", lambda: r_q_poisson_exact(20, 150, 100, 1.5, 2))
rate("ss", lambda: s_s_discrete_exact(1, 9, 64, True, demand_mean=20))
rate("gsm", lambda: optimize_committed_service_times(load_instance("example_6_5")))
serial = load_instance("example_6_1")
rate(
    "serial",
    lambda: optimize_base_stock_levels(
        num_nodes=3, echelon_holding_cost=[3, 2, 2], lead_time=[1, 1, 2], stockout_cost=37.12, demand_mean=5,
        demand_standard_deviation=1, S=None, plots=False, x_num=1000, d_num=10),
)
