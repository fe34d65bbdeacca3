#include "tools/driver/home/log_records.h"

#include <boost/json.hpp>
#include <charconv>
#include <fstream>

#include "runtime/src/recorder/crc32.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

}  // namespace

std::optional<json::object> read_record(std::string_view line) {
  uint32_t sum = 0;
  constexpr size_t kDigits = 8;
  if (line.size() < kDigits + 2 || line[kDigits] != ' ') return std::nullopt;
  auto [end, wrong] = std::from_chars(line.data(), line.data() + kDigits, sum, 16);
  std::string_view text = line.substr(kDigits + 1);
  if (wrong != std::errc{} || rt::crc32(text.data(), text.size()) != sum) return std::nullopt;
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::string log_text(const json::object& record, std::string_view name) {
  const json::value* value = record.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

int64_t log_number(const json::object& record, std::string_view name) {
  const json::value* value = record.if_contains(name);
  return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

void read_log(const std::filesystem::path& path, LogPosition& position, const TakeRecord& take) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(position.end));
  std::string line;
  position.cut = false;
  position.size = position.end;
  while (std::getline(file, line)) {
    position.cut = file.eof();
    position.size = position.end + line.size();
    if (position.cut) return;
    const uint64_t at = position.end;
    position.size = position.end = at + line.size() + 1;
    std::optional<json::object> record = read_record(line);
    if (!record)
      ++position.broken;
    else if (log_text(*record, "type") == "run")
      position.program = log_text(*record, "program");
    else if (log_text(*record, "type") == "result")
      take(at, *record);
  }
}

std::optional<json::object> log_record(const std::filesystem::path& path, uint64_t at) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return read_record(line);
}

}  // namespace pflow::home
