"""`python -m pipeline` is `screen`."""

from pipeline.cli.main import main

if __name__ == "__main__":
    main()
