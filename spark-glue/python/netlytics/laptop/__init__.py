"""The connectors' tables on one machine, without Spark or a JVM: ``netlytics.open``.

The work is done by the native module ``netlytics._native`` of the wheel; nothing here needs pyarrow
until it is asked for something of pyarrow's.
"""
