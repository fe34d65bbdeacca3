#include "tools/driver/packages/listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/json_text.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/node_path.h"
#include "tools/driver/packages/offers.h"
#include "tools/driver/reference/file_nodes.h"
#include "tools/json/node_json.h"

namespace pflow::packages {
namespace {

std::vector<std::pair<std::string, std::string>> facts(const Offer& row) {
  return {{"name", row.folder.name},
          {"version", row.manifest.version},
          {"description", row.manifest.description},
          {"license", row.manifest.license},
          {"homepage", row.manifest.homepage},
          {"path", row.folder.path}};
}

/// The prefixes of its loaders, and its models.
std::vector<std::pair<std::string, std::vector<std::string>>> brought(const Offer& row) {
  std::vector<std::string> prefixes, models;
  for (const Loader& loader : row.manifest.loaders) prefixes.push_back(loader.prefix);
  for (const BroughtModel& model : row.models) models.push_back(model.names.front());
  return {{"loaders", prefixes}, {"models", models}};
}

/// The members of an object, without its braces.
std::string json_members(const Offer& row) {
  std::string text;
  for (const auto& [name, value] : facts(row))
    text += fmt::format("{}\"{}\": {}", text.empty() ? "" : ", ", name, json_string(value));
  for (const auto& [name, values] : brought(row)) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + json_string(value);
    text += fmt::format(", \"{}\": [{}]", name, list);
  }
  if (!row.problem.empty()) text += ", \"problem\": " + json_string(row.problem);
  return text;
}

std::string table(const std::vector<Offer>& rows) {
  size_t name = 0, version = 0;
  for (const Offer& row : rows) {
    name = std::max(name, row.folder.name.size());
    version = std::max(version, row.manifest.version.size());
  }
  std::string text;
  for (const Offer& row : rows)
    text += fmt::format("{:<{}}  {:<{}}  {}  ({})\n", row.folder.name, name, row.manifest.version,
                        version, row.problem.empty() ? row.manifest.description : row.problem,
                        row.folder.path);
  return text.empty() ? "there are no packages\n" : text;
}

}  // namespace

int list(Session& session) {
  std::vector<Offer> rows;
  const auto loaded = node_path(session.options, session.env).places.loaded;
  for (const std::string& place : session.places())
    for (const PackageFolder& folder : packages_in(*session.env.files, place)) {
      rows.push_back(offer_of(folder, *session.env.files));
      if (loaded && std::ranges::find(*loaded, folder.name) == loaded->end())
        rows.back().problem = "left out by PFLOW_LOAD_PACKAGES";
    }
  if (!session.options.json) return session.print(table(rows));
  std::string text;
  for (const Offer& row : rows)
    text += fmt::format("{}  {{{}}}", text.empty() ? "\n" : ",\n", json_members(row));
  return session.print(fmt::format("[{}\n]\n", text));
}

int show_package(const PackageFolder& package, Session& session) {
  if (!session.manifest(package)) return kExitErrors;
  const Offer row = offer_of(package, *session.env.files);
  const std::vector<reference::FileDoc> files =
      reference::read_file_docs(package.interface(), session.options, session.env);
  if (files.empty()) return kExitErrors;
  const std::vector<query::NodeDoc>& nodes = files.front().nodes;
  if (session.options.json) {
    std::string list = node_json(nodes);
    list.erase(list.find_last_not_of('\n') + 1);
    return session.print(fmt::format("{{{}, \"nodes\": {}}}\n", json_members(row), list));
  }
  std::string text;
  for (const auto& [name, value] : facts(row))
    if (!value.empty()) text += fmt::format("{:<13}{}\n", name + ":", value);
  for (const auto& [name, values] : brought(row))
    if (!values.empty()) text += fmt::format("{:<13}{}\n", name + ":", fmt::join(values, ", "));
  size_t width = 0;
  for (const query::NodeDoc& node : nodes) width = std::max(width, node.name.size());
  if (!nodes.empty()) text += "\n";
  for (const query::NodeDoc& node : nodes)
    text += fmt::format("  {:<{}}  {}\n", node.name, width, node.summary());
  return session.print(text);
}

}  // namespace pflow::packages
