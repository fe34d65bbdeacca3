// pflowc logs: what the runs have asked models, the newest first.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>

#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/log_index.h"
#include "tools/driver/home/log_records.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home/session.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

struct Found {
  std::vector<json::object> records;  ///< the newest first
  uint64_t broken = 0;                ///< lines that were cut or changed
};

std::string in_small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return text;
}

bool is_wanted(const json::object& record, const Options& request) {
  if (log_text(record, "model").find(request.model) == std::string::npos) return false;
  if (request.query.empty()) return true;
  std::string query = in_small_letters(request.query);
  for (std::string_view part : {"prompt", "response", "system"})
    if (in_small_letters(log_text(record, part)).find(query) != std::string::npos) return true;
  return false;
}

Found find(const std::filesystem::path& folder, LogIndex& index, const Options& request) {
  Found found;
  index.find(request.model, request.query, [&](const LogIndex::Entry& entry) {
    std::optional<json::object> record = log_record(folder / entry.run, entry.at);
    if (!record || !is_wanted(*record, request)) return true;
    (*record)["run"] = std::filesystem::path(entry.run).stem().string();
    (*record)["program"] = entry.program;
    found.records.push_back(std::move(*record));
    return found.records.size() != request.count;
  });
  found.broken = index.broken();
  return found;
}

/// Through `logs.db`, or where that cannot be used through an index for this time.
Found find(const std::string& folder, const Options& request, Session& session) {
  std::string path = session.path("logs.db"), problem;
  if (std::filesystem::is_directory(folder)) {
    LogIndex index(path);
    problem = index.update(folder);
    if (problem.empty()) return find(folder, index, request);
    session.env().err(fmt::format("`{}` cannot be used: {}; all logs are read\n", path, problem));
  }
  LogIndex index(kMemory);
  index.update(folder);
  return find(folder, index, request);
}

std::string shown(const json::object& record) {
  std::time_t began = log_number(record, "began") / 1000;
  std::string text = fmt::format("# {:%Y-%m-%dT%H:%M:%SZ}  {}  {}  {}  {} ms", fmt::gmtime(began),
                                 log_text(record, "model"), log_text(record, "program"),
                                 log_text(record, "key"), log_number(record, "ms"));
  if (const json::value* usage = record.if_contains("usage"); usage && usage->is_object()) {
    const json::object& used = usage->as_object();
    text += fmt::format("  {} + {} tokens", log_number(used, "input_tokens"),
                        log_number(used, "output_tokens"));
    if (const json::value* cost = used.if_contains("cost_usd"); cost && cost->is_number())
      text += fmt::format("  ${:g}", cost->to_number<double>());
  }
  text += "\n";
  for (std::string_view part : {"system", "prompt", "response"})
    if (std::string said = log_text(record, part); !said.empty())
      text += fmt::format("\n## {}\n\n{}\n", part, said);
  if (const json::value* error = record.if_contains("error"); error && error->is_object())
    text += fmt::format("\n## error\n\n{}: {}\n", log_text(error->as_object(), "kind"),
                        log_text(error->as_object(), "message"));
  return text + "\n";
}

int list(const std::string& folder, const Options& request, Session& session) {
  Found found = find(folder, request, session);
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
