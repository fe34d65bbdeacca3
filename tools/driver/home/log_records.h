/// The records that a run's log holds.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace pflow::home {

/// How far the log of a run was read.
struct LogPosition {
  uint64_t size = 0;    ///< of the file, in bytes
  uint64_t end = 0;     ///< behind the last whole line
  std::string program;  ///< its name
  uint64_t broken = 0;  ///< lines up to `end` that were changed
  bool cut = false;     ///< whether a piece of a line stands behind `end`
};

/// The record of a line; nothing when its sum does not fit.
std::optional<boost::json::object> read_record(std::string_view line);

/// What was asked, and where its line begins.
using TakeRecord = std::function<void(uint64_t at, const boost::json::object& record)>;

/// Reads on from `position.end` and gives what models were asked.
void read_log(const std::filesystem::path& path, LogPosition& position, const TakeRecord& take);

/// The record of the line that begins there.
std::optional<boost::json::object> log_record(const std::filesystem::path& path, uint64_t at);

/// Empty when it has no such text.
std::string log_text(const boost::json::object& record, std::string_view name);
/// 0 when it has no such whole number.
int64_t log_number(const boost::json::object& record, std::string_view name);

}  // namespace pflow::home
