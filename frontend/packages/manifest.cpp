#include "frontend/packages/manifest.h"

#include <algorithm>

#include "frontend/packages/sources.h"
#include "frontend/packages/toml_reader.h"
#include "runtime/include/pflow/abi.h"
#include "runtime/include/pflow/fragment_names.hpp"

namespace pflow::packages {

namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// `1.2.3`, and what may stand behind a `-`.
bool is_version(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash != std::string_view::npos && dash + 1 == text.size()) return false;
  std::string_view numbers = text.substr(0, dash);
  for (int dots = 0; dots < 2; ++dots) {
    const size_t dot = numbers.find('.');
    if (dot == std::string_view::npos || !is_digits(numbers.substr(0, dot))) return false;
    numbers.remove_prefix(dot + 1);
  }
  return is_digits(numbers);
}

/// Whether a path stays in the folder that it is of.
bool stays_inside(std::string_view path) {
  return !path.empty() && path.front() != '/' && !path.starts_with("../") &&
         path.find("/../") == std::string_view::npos;
}

bool is_source(std::string_view path) {
  return path == kCargoManifest || std::ranges::any_of(kSourceEndings, [&](std::string_view end) {
           return path.ends_with(end);
         });
}

void check_sources(TomlReader& reader, const Manifest& manifest) {
  const auto is_rust = [](std::string_view path) {
    return path.ends_with(".rs") || path == kCargoManifest;
  };
  for (const std::string& path : manifest.sources) {
    if (!stays_inside(path))
      reader.report(reader.place("sources"), fmt::format("`{}` is no path in the package", path))
          .label("not below the package's folder");
    else if (!is_source(path))
      reader.report(reader.place("sources"), fmt::format("nothing compiles `{}`", path))
          .label("no source of C, C++ or Rust")
          .note(fmt::format("sources end with {}, or are `{}`", fmt::join(kSourceEndings, ", "),
                            kCargoManifest));
  }
  if (std::ranges::any_of(manifest.sources, is_rust) && manifest.sources.size() > 1)
    reader.report(reader.place("sources"), "a source in Rust stands alone")
        .label("several sources")
        .note("`mod` names the further files of a crate");
}

void check_models(TomlReader& reader, const Manifest& manifest) {
  if (manifest.models.empty() || stays_inside(manifest.models)) return;
  reader
      .report(manifest.models_span, fmt::format("`{}` is no path in the package", manifest.models))
      .label("not below the package's folder");
}

void check_prefixes(TomlReader& reader, const Manifest& manifest) {
  for (const Loader& loader : manifest.loaders) {
    const bool is_address = loader.prefix == "http" || loader.prefix == "https";
    if (is_fragment_name(loader.prefix) && !is_address) continue;
    reader.report(loader.span, fmt::format("`{}` is no prefix of fragments", loader.prefix))
        .label(is_address ? "begins an address" : "not the name of a loader")
        .note("a prefix has letters, digits, `_` and `-`");
  }
}

void check_version(TomlReader& reader, const Manifest& manifest) {
  if (manifest.version.empty() || is_version(manifest.version)) return;
  reader.report(reader.place("version"), fmt::format("`{}` is no version", manifest.version))
      .label("expected three numbers")
      .note("a version is `1.2.3`, or `1.2.3-beta`");
}

void check_name(TomlReader& reader, const Manifest& manifest) {
  if (manifest.name.empty() || is_package_name(manifest.name)) return;
  reader.report(reader.place("name"), fmt::format("`{}` names no package", manifest.name))
      .label("not a name in programs")
      .note("a name has small letters, digits and `_`, and begins with a letter");
}

void check_abi(TomlReader& reader, const Manifest& manifest) {
  if (manifest.abi == 0 || manifest.abi == PF_ABI_VERSION) return;
  reader.diagnostics()
      .report(diag::package_abi, reader.place("pflow"), manifest.name, manifest.abi, PF_ABI_VERSION)
      .label("another version")
      .help("ask its author for a version of the package for this pflowc");
}

}  // namespace

bool is_package_name(std::string_view name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

Manifest read_manifest(FileId file, const SourceMap& sources, Diagnostics& diagnostics) {
  Manifest manifest;
  TomlReader reader(file, sources, diagnostics);
  if (!reader.parsed()) return manifest;
  manifest.name = reader.needed_text("name");
  manifest.version = reader.needed_text("version");
  manifest.abi = reader.needed_number("pflow");
  manifest.description = reader.text("description").value_or("");
  manifest.license = reader.text("license").value_or("");
  manifest.homepage = reader.text("homepage").value_or("");
  manifest.sources = reader.texts("sources");
  manifest.flags = reader.texts("flags");
  manifest.link = reader.texts("link");
  manifest.models = reader.text("models").value_or("");
  manifest.models_span = reader.place("models");
  for (TomlText& loader : reader.named_texts("loaders"))
    manifest.loaders.push_back({std::move(loader.key), std::move(loader.value), loader.span});
  reader.finish();
  check_name(reader, manifest);
  check_version(reader, manifest);
  check_abi(reader, manifest);
  check_sources(reader, manifest);
  check_models(reader, manifest);
  check_prefixes(reader, manifest);
  return manifest;
}

std::string name_in_manifest(std::string_view text) {
  SourceMap sources;
  Diagnostics unheard;
  TomlReader reader(sources.add("", std::string(text)), sources, unheard);
  return reader.text("name").value_or("");
}

}  // namespace pflow::packages
