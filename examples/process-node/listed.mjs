import { node, serve } from "./pflow_node.mjs";

node("listed", ({ items, language }) => new Intl.ListFormat(language).format(items));
serve();
