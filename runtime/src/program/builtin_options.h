/// The options that every executable has.
#pragma once

#include <string_view>

#include "pflow/abi.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

enum class Builtin : unsigned char {
  Help,
  Version,
  Json,
  Quiet,
  Live,
  Model,
  Usage,
  Budget,
  Log,
  ExplainCache,
  Record,
  Replay,
  RecordMode,
  Watch,  ///< of who watches the run: in executables that have it
  Mcp,    ///< these two in executables that serve
  Serve,
  Restate  ///< in those that a Restate server may call
};

struct BuiltinOption {
  Builtin id;
  const char* name;
  const char* value;  ///< its value in the help page; null: takes none
  const char* doc;
  const char* part = name;  ///< what `pflowc --with` calls it, with others
};

inline constexpr BuiltinOption kBuiltinOptions[] = {
    {Builtin::Model, "model", "NAME", "The model of stages that name none"},
    {Builtin::Json, "json", nullptr, "Print one JSON object; errors are JSON, too"},
    {Builtin::Live, "live", nullptr, "Show the last answer of a model while it comes"},
    {Builtin::Usage, "usage", nullptr, "Say at the end what models were asked, and what it cost"},
    {Builtin::Budget, "budget", "USD", "Ask no model beyond this cost, in US dollars"},
    {Builtin::Log, "log", "on|off", "Keep what models were asked in PFLOW_HOME, or not"},
    {Builtin::Quiet, "quiet", nullptr, "Print nothing but results and errors"},
    {Builtin::ExplainCache, "explain-cache", nullptr, "Say what was cached, and if not, why"},
    {Builtin::Record, "record", "FILE", "Record requests and their answers, or play them"},
    {Builtin::Replay, "replay", "FILE", "Answer requests from FILE alone: no key, no network"},
    {Builtin::RecordMode, "record-mode", "MODE", "once, new_episodes, none or all"},
    {Builtin::Watch, "progress", "WHEN", "Show how far the run is: auto, always or never"},
    {Builtin::Watch, "trace", "FILE", "Write when what ran, for Perfetto or chrome://tracing"},
    {Builtin::Watch, "report", "FILE", "Write a page that shows the run when it is over"},
    {Builtin::Watch, "journal", "FILE",
     "Keep what the run does, so that it can go on: a file, auto or none"},
    {Builtin::Watch, "resume", "RUN", "Go on with a run: its journal, or the id of one", "journal"},
    {Builtin::Watch, "resume-from", "STAGE", "… and do again what came from that stage on",
     "journal"},
    {Builtin::Watch, "in-doubt", "WHAT", "… and what may have been done: again, or fail",
     "journal"},
    {Builtin::Watch, "keep-results", nullptr, "… and take results though arguments differ",
     "journal"},
    {Builtin::Watch, "answer", "STAGE=ANSWER", "… and answer what it waits for: yes or no",
     "journal"},
    {Builtin::Watch, "event", "NAME=VALUE", "… and tell of an event: JSON, or @FILE", "journal"},
    {Builtin::Watch, "on-wait", "WHAT",
     "What becomes of a run that waits for a batch: wait, or exit", "journal"},
    {Builtin::Watch, "journal-sync", "WHEN", "What survives a power cut: never, end or effects",
     "journal"},
    {Builtin::Mcp, "mcp", nullptr, "Offer the flows as an MCP server on standard streams", "serve"},
    {Builtin::Serve, "serve", "ADDRESS", "Offer the flows over HTTP: PORT, or HOST:PORT", "serve"},
    {Builtin::Restate, "restate", "ADDRESS", "Offer the flows to a Restate server, as --serve"},
    {Builtin::Help, "help", nullptr, "Print this page"},
    {Builtin::Version, "version", nullptr, "Print the version"},
};

/// Each is reachable as `--pflow-NAME`, too.
inline constexpr std::string_view kOwnPrefix = "pflow-";

/// `PFLOW_RECORD_MODE` of `record-mode`.
inline void add_variable_name(Buffer& out, const char* option) {
  out.add("PFLOW_");
  for (; *option; ++option) out.add(*option == '-' ? '_' : static_cast<char>(*option - 'a' + 'A'));
}

inline const BuiltinOption* find_builtin(pf_str name) {
  for (const BuiltinOption& option : kBuiltinOptions) {
    pf_str candidate = view(option.name);
    if (pf_str_equal(&candidate, &name)) return &option;
  }
  return nullptr;
}

}  // namespace pflow::rt
