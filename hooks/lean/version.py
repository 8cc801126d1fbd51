"""The version of all hooks, for setup.cfg and for what they print."""

VERSION = '0.2.0'
