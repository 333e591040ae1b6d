"""The compact order flow and M/M/4 in SimPy: prints customers and orders per second of CPU time as JSON.

The flow: an order arrives, reserves a unit at the nearest of 3 nodes that has it (1,000 SKUs), is picked by one of
the node's stations, handed to a carrier's hatch and delivered.

Usage: simpy_peer.py ORDERS
"""

import json
import random
import sys
import time

import simpy


def mm4(customers, random):
    env = simpy.Environment()
    servers = simpy.Resource(env, capacity=4)

    def customer():
        with servers.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1.0))

    def arrivals():
        for _ in range(customers):
            yield env.timeout(random.expovariate(3.6))
            env.process(customer())

    env.process(arrivals())
    env.run()


def flow(orders, random):
    env = simpy.Environment()
    nodes, skus = 3, 1_000
    stock = [[orders // skus + 10 for _ in range(skus)] for _ in range(nodes)]
    stations = [simpy.Resource(env, capacity=20) for _ in range(nodes)]
    hatches = [simpy.Resource(env, capacity=10) for _ in range(nodes)]
    delivered = 0

    def order():
        nonlocal delivered
        sku = random.randrange(skus)
        for node in sorted(range(nodes), key=lambda _: random.random()):
            if stock[node][sku] > 0:
                stock[node][sku] -= 1
                break
        else:
            return
        with stations[node].request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / 0.5))
        with hatches[node].request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / 0.2))
        yield env.timeout(random.expovariate(1 / 100))
        delivered += 1

    def arrivals():
        for _ in range(orders):
            yield env.timeout(random.expovariate(100))
            env.process(order())

    env.process(arrivals())
    env.run()
    assert delivered == orders


def rate(model, count):
    begin = time.process_time()
    model(count, random.Random(1))
    return count / (time.process_time() - begin)


count = int(sys.argv[1])
print(json.dumps({"mm4": rate(mm4, count), "flow": rate(flow, count)}))
