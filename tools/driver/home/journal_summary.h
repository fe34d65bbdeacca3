/// What a journal says of a run and of its stages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pflow::home {

enum class StageState : uint8_t { Done, Failed, Begun };

/// A step of a run, as it was last.
struct StageSummary {
  std::string key, node;
  StageState state = StageState::Begun;
  int64_t began = 0;  ///< milliseconds since the epoch
  int64_t took = 0;   ///< milliseconds
  int64_t tries = 1;
  std::string error;   ///< kind and message
  std::string input;   ///< JSON, of what is in doubt
  std::string output;  ///< JSON
  double cost = 0;     ///< US dollars
};

struct JournalSummary {
  std::string id, program;
  int64_t began = 0;                 ///< milliseconds since the epoch
  int64_t begins = 1;                ///< how often it was begun, or went on
  bool is_running = false;           ///< a process writes it now
  std::optional<int64_t> exit_code;  ///< of its end
  std::vector<StageSummary> stages;  ///< in the order in which they began
};

/// Nothing when it is no journal.
[[nodiscard]] std::optional<JournalSummary> read_journal(const std::filesystem::path& path);

/// `done`, `runs`, `failed`, or `stopped`, when it ended without a word.
[[nodiscard]] std::string state_of(const JournalSummary& journal);

}  // namespace pflow::home
