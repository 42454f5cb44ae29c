#!/usr/bin/env python3
"""Finds what is unusual in network logs.

spark-submit --jars <netlytics-spark.jar> run_anomaly_detection.py --help
"""

import os
import sys

# In a checkout the package lies beside this folder; elsewhere it is installed or in --py-files.
CHECKOUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "spark-glue", "python")
if os.path.isdir(CHECKOUT):
    sys.path.insert(0, os.path.abspath(CHECKOUT))

from netlytics.cli.anomaly_detection import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
