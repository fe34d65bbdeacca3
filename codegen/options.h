/// How code is generated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/target.h"

namespace pflow::codegen {

/// An option of executables that is linked where it is wanted: `resume-from` is the pf_resume_from
/// of pflow/watch.h.
struct Watch {
  std::string_view option;
  std::string_view part;  ///< what `--with` calls it, with others
  std::string_view archive;
};
/// They begin in this order.
inline constexpr Watch kWatches[] = {
    {"progress", "progress", "libpf_watching"},   {"trace", "trace", "libpf_watching"},
    {"report", "report", "libpf_watching"},       {"otlp", "otlp", "libpf_otlp"},
    {"resume-from", "journal", "libpf_journal"},  {"in-doubt", "journal", "libpf_journal"},
    {"keep-results", "journal", "libpf_journal"}, {"journal-sync", "journal", "libpf_journal"},
    {"answer", "journal", "libpf_journal"},       {"event", "journal", "libpf_journal"},
    {"resume", "journal", "libpf_journal"},       {"journal", "journal", "libpf_journal"},
    {"on-wait", "journal", "libpf_journal"}};

/// Who can call the tools of a program that are served.
enum class Serving : uint8_t {
  No,
  Here,    ///< clients, through `--mcp` and `--serve`
  Restate  ///< these, and a Restate server
};

/// The file of models of a package.
struct PackageModels {
  std::string package;
  std::string text;
};

struct Options {
  Target target = targets().front();
  unsigned opt_level = 2;             ///< 0 to 2, of what can run more than once
  bool debug_info = false;            ///< DWARF lines and subprograms
  bool places = true;                 ///< failures say where in the source they happened
  bool whole = false;                 ///< text, assembly or a single object is asked for
  std::vector<const Watch*> watches;  ///< of kWatches
  std::string report_page;            ///< of `report`
  Serving serving = Serving::No;
  std::vector<PackageModels> models;  ///< of the packages that are imported
};

}  // namespace pflow::codegen
