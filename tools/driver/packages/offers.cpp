#include "tools/driver/packages/offers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "frontend/packages/search_order.h"
#include "tools/driver/node_path.h"

namespace pflow::packages {
namespace {

std::string shown(const Diagnostic& problem, const SourceMap& sources) {
  if (!problem.span.valid()) return problem.message;
  return fmt::format("{}:{}: {}", sources.name(problem.span.file),
                     sources.line_column(problem.span.file, problem.span.begin).line,
                     problem.message);
}

}  // namespace

Offer offer_of(const PackageFolder& folder, FileSystem& files) {
  Offer offer{folder, {}, {}, {}};
  Result<std::string> text = files.read(folder.manifest());
  if (!text) {
    offer.problem = fmt::format("{}: {}", folder.manifest(), text.message());
    return offer;
  }
  SourceMap sources;
  Diagnostics diagnostics;
  const FileId file = sources.add(folder.manifest(), std::move(*text));
  offer.manifest = read_manifest(file, sources, diagnostics);
  if (!diagnostics.has_errors())
    offer.models = read_models(folder, offer.manifest, files, sources, diagnostics).models;
  if (!diagnostics.has_errors()) return offer;
  offer.problem = shown(diagnostics.all().front(), sources);
  offer.manifest.loaders.clear();
  offer.models.clear();
  return offer;
}

std::vector<Offer> offers(std::string_view program, const Options& options, DriverEnv& env) {
  std::vector<Offer> found;
  std::set<std::string> seen;
  const Places places = node_path(options, env).places;
  for (const std::string& place : search_order(*env.files, program, places))
    for (const PackageFolder& folder : packages_in(*env.files, place)) {
      const bool left_out =
          places.loaded && std::ranges::find(*places.loaded, folder.name) == places.loaded->end();
      if (!left_out && seen.insert(folder.name).second)
        found.push_back(offer_of(folder, *env.files));
    }
  return found;
}

}  // namespace pflow::packages
