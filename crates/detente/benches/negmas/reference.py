"""The Pareto frontier of a GENIUS folder by NegMAS, every package enumerated: reference.py FOLDER"""

import sys
import time
import warnings

warnings.filterwarnings("ignore")
from negmas.inout import Scenario
from negmas.preferences.ops import pareto_frontier

started = time.process_time()
scenario = Scenario.load(sys.argv[1], ignore_discount=True)
packages = list(scenario.outcome_space.enumerate_or_sample(max_cardinality=10**7))
points, _ = pareto_frontier(scenario.ufuns, outcomes=packages)
print(len(points), time.process_time() - started)
