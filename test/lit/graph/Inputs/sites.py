"""sites.py GRAPH IR: the sites of the graph with their lines, and how many sites of stages it lacks."""
import json
import re
import sys

graph = json.load(open(sys.argv[1]))
drawn = {node["site"]: node["line"] for flow in graph["flows"] for node in flow["nodes"] if "site" in node}
sites = set(re.findall(r'site "([^"]*)"', open(sys.argv[2]).read()))
for site in sorted(drawn):
    print(site, drawn[site])
    assert site in sites, site
print("not drawn:", len(sites - set(drawn)))
