"""`python -m crisis` is `crisis`."""

from crisis.cli.main import main

if __name__ == "__main__":
    main()
