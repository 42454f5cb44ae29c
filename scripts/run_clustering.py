#!/usr/bin/env python3
"""Groups the rows of network logs.

spark-submit --jars <netlytics-spark.jar> run_clustering.py --help
"""

import os
import sys

# In a checkout the package lies beside this folder; elsewhere it is installed or in --py-files.
CHECKOUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "spark-glue", "python")
if os.path.isdir(CHECKOUT):
    sys.path.insert(0, os.path.abspath(CHECKOUT))

from netlytics.cli.clustering import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
