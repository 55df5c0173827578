"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    if "prepare" in sys.argv:
        # Insights would match the long INSERTs of the seed against its patterns, and send them.
        os.environ["SAMPLE_HONEYBADGER"] = "off"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
