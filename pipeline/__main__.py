"""`python -m pipeline` is `arxiv-screen`."""

from pipeline.cli.main import main

if __name__ == "__main__":
    main()
