"""What every part may use: ids, text, sentences, dates, retry, rate limits, atomic files."""
