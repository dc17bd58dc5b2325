"""The authors' own code and project pages among the web addresses of a paper.

    code_links       find_links: the addresses that are the authors' own
    link_mentions    where addresses stand: text, footnotes, words that are links
    link_ownership   how much speaks for an address being the authors' own
    web_address      forms of addresses: repositories, pages of projects, publishers

Others import `find_links` and `Links` from `code_links`.
"""
