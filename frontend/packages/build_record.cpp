#include "frontend/packages/build_record.h"

#include <filesystem>

#include "frontend/packages/toml_reader.h"

namespace pflow::packages {

namespace {

std::string in_library(const PackageFolder& package, std::string_view triple,
                       const std::string& name) {
  return (std::filesystem::path(package.path) / "lib" / triple / name).lexically_normal().string();
}

}  // namespace

std::string archive_path(const PackageFolder& package, std::string_view triple) {
  return in_library(package, triple, fmt::format("lib{}.a", package.name));
}

std::string record_path(const PackageFolder& package, std::string_view triple) {
  return in_library(package, triple, "built.toml");
}

std::string record_text(const BuildRecord& record) {
  return fmt::format("pflow = {}\ninterface = \"{}\"\narchive = \"{}\"\n", record.abi,
                     record.interface, record.archive);
}

std::optional<BuildRecord> read_record(std::string_view text) {
  SourceMap sources;
  Diagnostics problems;
  TomlReader reader(sources.add("", std::string(text)), sources, problems);
  BuildRecord record;
  record.abi = reader.needed_number("pflow");
  record.interface = reader.needed_text("interface");
  record.archive = reader.needed_text("archive");
  reader.finish();
  if (problems.has_errors()) return std::nullopt;
  return record;
}

}  // namespace pflow::packages
