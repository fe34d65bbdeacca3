/// What a journal says of a run and of its stages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pflow::home {

enum class StageState : uint8_t { Done, Failed, Begun };

/// One time that a step was done.
struct StageTime {
  StageState state = StageState::Begun;
  std::string args;      ///< the hash of its arguments
  std::string error;     ///< kind and message
  std::string not_kept;  ///< why what it gave is not in the journal
};

/// What it asked of models.
struct StageUsage {
  int64_t input_tokens = 0, output_tokens = 0;
  std::optional<double> cost;  ///< US dollars
};

/// A step of a run, as it was last.
struct StageSummary : StageTime {
  std::string key, node;
  int64_t began = 0;  ///< milliseconds since the epoch
  int64_t took = 0;   ///< milliseconds
  int64_t tries = 1;
  std::string input;   ///< JSON, of what is in doubt
  std::string output;  ///< JSON
  std::optional<StageUsage> usage;
  std::vector<StageTime> before;  ///< the earlier times, in their order
};

/// A stage with `cache` that looked for its results.
struct LookupSummary {
  std::string key, node;
  bool hit = false;
  std::string why;  ///< what differed from what was stored
};

struct JournalSummary {
  std::string id, program;
  std::string pflow;                 ///< its version
  std::string inputs;                ///< JSON, of the run's parameters
  int64_t began = 0;                 ///< milliseconds since the epoch
  int64_t begins = 1;                ///< how often it was begun, or went on
  bool is_running = false;           ///< a process writes it now
  std::optional<int64_t> exit_code;  ///< of its end
  std::vector<StageSummary> stages;  ///< in the order in which they began
  std::vector<LookupSummary> lookups;
};

/// Nothing when it is no journal.
[[nodiscard]] std::optional<JournalSummary> read_journal(const std::filesystem::path& path);

/// How many stages were in the cache.
[[nodiscard]] size_t count_cached(const JournalSummary& journal);

/// `done`, `runs`, `failed`, `waits` for people or events, or `stopped`, when it ended without a
/// word.
[[nodiscard]] std::string state_of(const JournalSummary& journal);

}  // namespace pflow::home
