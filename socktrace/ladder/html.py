def to_html(figure): return ""
