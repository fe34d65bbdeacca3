#include "tools/driver/question/packages_asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pflow/fragment_names.hpp"
#include "support/diagnostics.h"
#include "tools/driver/home/model_names.h"
#include "tools/driver/packages/offers.h"

namespace pflow::question {
namespace {

using packages::Offer;

/// `github` of `github:17`; empty when the name is that of another fragment.
std::string prefix_of(const std::string& fragment) {
  const size_t colon = fragment.find(':');
  if (colon == fragment.npos || fragment.substr(colon).starts_with("://")) return "";
  const std::string prefix = fragment.substr(0, colon);
  return is_fragment_name(prefix) ? prefix : "";
}

bool has_prefix(const Offer& offer, const std::string& prefix) {
  return std::ranges::count(offer.manifest.loaders, prefix, &packages::Loader::prefix) != 0;
}

bool has_model(const Offer& offer, const std::string& name) {
  return std::ranges::any_of(offer.models, [&](const packages::BroughtModel& model) {
    return std::ranges::find(model.names, name) != model.names.end();
  });
}

/// Finds what is named among what packages offer.
class Search {
 public:
  Search(std::vector<Offer> offers, FileSystem& files)
      : offers_(std::move(offers)), files_(files) {}

  /// False when `problem` says why not.
  bool add_loader(const std::string& fragment, const std::string& prefix) {
    const std::vector<std::string> found =
        with([&](const Offer& offer) { return has_prefix(offer, prefix); });
    if (found.empty() && !files_.exists(fragment))
      problem = fmt::format("`-f {}`: {}", fragment, no_loader(prefix));
    if (found.size() > 1)
      problem = fmt::format("`-f {}`: {}", fragment, several(found, "a loader", prefix));
    names.insert(found.begin(), found.end());
    return problem.empty();
  }

  /// False when no package has it, or when `problem` says that two have.
  bool add_model(const std::string& name) {
    const std::vector<std::string> found =
        with([&](const Offer& offer) { return has_model(offer, name); });
    if (found.size() > 1) problem = several(found, "a model", name);
    names.insert(found.begin(), found.end());
    return found.size() == 1;
  }

  std::set<std::string> names;
  std::string problem;

 private:
  template <typename Has>
  [[nodiscard]] std::vector<std::string> with(const Has& has) const {
    std::vector<std::string> found;
    for (const Offer& offer : offers_)
      if (has(offer)) found.push_back(offer.folder.name);
    return found;
  }

  [[nodiscard]] std::string no_loader(const std::string& prefix) const {
    std::vector<std::string_view> known;
    std::string broken;
    for (const Offer& offer : offers_) {
      for (const packages::Loader& loader : offer.manifest.loaders) known.push_back(loader.prefix);
      if (!offer.problem.empty()) broken += "\n  left out: " + offer.problem;
    }
    const std::string_view near = nearest_name(prefix, known);
    return fmt::format("no package has a loader `{}`, no file is called so{}{}", prefix,
                       near.empty() ? "" : fmt::format("; did you mean `{}`?", near), broken);
  }

  static std::string several(const std::vector<std::string>& packages, std::string_view what,
                             const std::string& name) {
    return fmt::format(
        "the packages `{}` and `{}` both have {} `{}`: PFLOW_LOAD_PACKAGES leaves "
        "packages out",
        packages[0], packages[1], what, name);
  }

  std::vector<Offer> offers_;
  FileSystem& files_;
};

}  // namespace

Result<std::vector<std::string>> packages_asked(std::string_view command, const Options& options,
                                                DriverEnv& env) {
  Search search(packages::offers(command, options, env), *env.files);
  for (const std::string& fragment : options.question.fragments) {
    const std::string prefix = prefix_of(fragment);
    if (!prefix.empty() && !search.add_loader(fragment, prefix)) return Failure(search.problem);
  }
  for (const std::string& name : home::unregistered_names(options.model, env))
    if (search.add_model(name)) break;
  if (!search.problem.empty()) return Failure(search.problem);
  return std::vector(search.names.begin(), search.names.end());
}

}  // namespace pflow::question
