"""Says for which machines the wheel is: those on which the native module in it loads."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Any Python: the module is of the stable ABI, and the other modules run without it on older ones.
TAG = "py3-none-manylinux_2_17_x86_64"


class WheelTag(BuildHookInterface):
    """Called by hatchling."""

    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["tag"] = TAG
