// pflowc logs: what the runs have asked models, the newest first.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "runtime/src/recorder/crc32.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home/session.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

struct Found {
  std::vector<json::object> records;  ///< the newest first
  size_t broken = 0;                  ///< lines that were cut or changed
};

std::string text_of(const json::object& record, std::string_view name) {
  const json::value* value = record.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

int64_t number_of(const json::object& record, std::string_view name) {
  const json::value* value = record.if_contains(name);
  return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

std::string in_small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return text;
}

bool is_wanted(const json::object& record, const Options& request) {
  if (text_of(record, "model").find(request.model) == std::string::npos) return false;
  if (request.query.empty()) return true;
  std::string query = in_small_letters(request.query);
  for (std::string_view part : {"prompt", "response", "system"})
    if (in_small_letters(text_of(record, part)).find(query) != std::string::npos) return true;
  return false;
}

/// The record of a line; none when its sum does not fit.
bool read_line(std::string_view line, json::object& out) {
  uint32_t sum = 0;
  constexpr size_t kDigits = 8;
  if (line.size() < kDigits + 2 || line[kDigits] != ' ') return false;
  auto [end, wrong] = std::from_chars(line.data(), line.data() + kDigits, sum, 16);
  std::string_view text = line.substr(kDigits + 1);
  if (wrong != std::errc{} || rt::crc32(text.data(), text.size()) != sum) return false;
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return false;
  out = std::move(value.as_object());
  return true;
}

/// The questions of one run, the last first.
std::vector<json::object> read_run(const std::filesystem::path& path, Found& found) {
  std::vector<json::object> records;
  std::string program, line;
  std::ifstream file(path, std::ios::binary);
  while (std::getline(file, line)) {
    json::object record;
    if (!read_line(line, record)) {
      ++found.broken;
      continue;
    }
    if (text_of(record, "type") == "run") program = text_of(record, "program");
    if (text_of(record, "type") != "result") continue;
    record["run"] = path.stem().string();
    record["program"] = program;
    records.push_back(std::move(record));
  }
  std::ranges::reverse(records);
  return records;
}

Found find(const std::string& folder, const Options& request) {
  Found found;
  std::vector<std::filesystem::path> runs;
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable))
    if (entry.path().extension() == ".log") runs.push_back(entry.path());
  // Their names are in the order of time.
  std::ranges::sort(runs, std::greater<>());
  for (const std::filesystem::path& run : runs)
    for (json::object& record : read_run(run, found)) {
      if (!is_wanted(record, request)) continue;
      found.records.push_back(std::move(record));
      if (found.records.size() == request.count) return found;
    }
  return found;
}

std::string shown(const json::object& record) {
  std::time_t began = number_of(record, "began") / 1000;
  std::string text = fmt::format("# {:%Y-%m-%dT%H:%M:%SZ}  {}  {}  {}  {} ms", fmt::gmtime(began),
                                 text_of(record, "model"), text_of(record, "program"),
                                 text_of(record, "key"), number_of(record, "ms"));
  if (const json::value* usage = record.if_contains("usage"); usage && usage->is_object()) {
    const json::object& used = usage->as_object();
    text += fmt::format("  {} + {} tokens", number_of(used, "input_tokens"),
                        number_of(used, "output_tokens"));
    if (const json::value* cost = used.if_contains("cost_usd"); cost && cost->is_number())
      text += fmt::format("  ${:g}", cost->to_number<double>());
  }
  text += "\n";
  for (std::string_view part : {"system", "prompt", "response"})
    if (std::string said = text_of(record, part); !said.empty())
      text += fmt::format("\n## {}\n\n{}\n", part, said);
  if (const json::value* error = record.if_contains("error"); error && error->is_object())
    text += fmt::format("\n## error\n\n{}: {}\n", text_of(error->as_object(), "kind"),
                        text_of(error->as_object(), "message"));
  return text + "\n";
}

int list(const std::string& folder, const Options& request, Session& session) {
  Found found = find(folder, request);
  std::string text;
  if (request.json) {
    json::array all;
    for (json::object& record : found.records) all.emplace_back(std::move(record));
    text = json::serialize(all) + "\n";
  } else {
    for (const json::object& record : found.records) text += shown(record);
    if (text.empty()) text = "no question is logged that fits\n";
  }
  if (found.broken != 0)
    session.env().err(fmt::format("{} {} of the logs cannot be read\n", found.broken,
                                  found.broken == 1 ? "line" : "lines"));
  return session.print(text);
}

std::string_view set_count(Options& options, const std::string& value) {
  const char* end = value.data() + value.size();
  auto [stop, error] = std::from_chars(value.data(), end, options.count);
  return error != std::errc{} || stop != end ? "a number, 0 for all" : std::string_view{};
}

constexpr OptionRow kOptions[] = {
    {"-n", "N", "so many questions (default 3, 0: all)", set_count},
    {"-m,--model", "MODEL", "of the models whose names hold it", set_text<&Options::model>},
    {"-q,--query", "TEXT", "those that hold it", set_text<&Options::query>},
};

std::vector<OptionRows> rows() { return {kOptions, kJsonOption, kCommonOptions}; }

int run(const Options& request, Session& session) {
  std::string folder = session.path("runs"), off = session.path("logs-off");
  if (folder.empty()) return kExitErrors;
  const std::string action = request.words.empty() ? "list" : request.word(0);
  std::string problem;
  if (request.words.size() <= 1) {
    if (action == "list") return list(folder, request, session);
    if (action == "path") return session.print(folder + "\n");
    std::error_code failed;
    if (action == "off") problem = replace_file(off, "");
    if (action == "on" && !std::filesystem::remove(off, failed) && failed)
      problem = "`" + off + "`: " + failed.message();
    if (!problem.empty()) return session.fail(problem);
    if (action == "on" || action == "off") return kExitDone;
  }
  return session.fail_usage("logs", "`list`, `path`, `on` or `off`", action);
}

}  // namespace
}  // namespace pflow::home

namespace pflow {

constexpr Command kLogsCommand = {"logs",
                                  "show what the runs have asked models",
                                  "[list] [-n N] [--model MODEL] [--query TEXT]\n"
                                  "path\n"
                                  "on\n"
                                  "off",
                                  "-n 10 --query changelog",
                                  home::rows,
                                  home::with_session<home::run>};

}  // namespace pflow
