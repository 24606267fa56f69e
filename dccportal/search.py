"""What a search of orders looks at, in words. Where it looks is each app's to say."""

SEARCHED = (
    "references (of orders, quotations, visits, connections, enquiries and circuits, "
    "and the Party’s own), sites, postcodes, and the names and addresses of contacts"
)
