"""The faces: Hexo, VuePress, Markdown, templates of one's own."""
