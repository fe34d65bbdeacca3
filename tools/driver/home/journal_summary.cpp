#include "tools/driver/home/journal_summary.h"

#include <fcntl.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <map>

#include "tools/driver/descriptor.h"
#include "tools/driver/home/log_records.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

std::string as_json(const json::object& record, std::string_view name) {
  const json::value* value = record.if_contains(name);
  return value == nullptr ? "" : json::serialize(*value);
}

/// By who writes it.
bool is_locked(const std::filesystem::path& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  return file.get() >= 0 && fcntl(file.get(), F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

class Reader {
 public:
  void take(const json::object& record) {
    const std::string type = log_text(record, "type");
    if (type == "run") {
      found.id = log_text(record, "id");
      found.program = log_text(record, "program");
      found.pflow = log_text(record, "pflow");
      found.inputs = as_json(record, "inputs");
      found.began = log_number(record, "began");
    } else if (type == "resume") {
      ++found.begins;
      found.exit_code.reset();
    } else if (type == "end") {
      found.exit_code = log_number(record, "exit_code");
    } else if (type == "batch") {
      take_batch(record);
    } else if (type == "cache") {
      const json::value* hit = record.if_contains("hit");
      found.lookups.push_back({log_text(record, "key"), log_text(record, "node"),
                               hit != nullptr && *hit == true, log_text(record, "why")});
    } else if (type == "intent" || type == "result") {
      take_step(record, type == "result");
    }
  }

  JournalSummary found;

 private:
  void take_step(const json::object& record, bool is_over) {
    const std::string key = log_text(record, "key");
    auto [at, fresh] = places_.try_emplace(key, found.stages.size());
    if (fresh) found.stages.emplace_back();
    StageSummary& stage = found.stages[at->second];
    const bool ends_what_began = is_over && stage.state == StageState::Begun;
    if (!fresh && !ends_what_began) stage.before.push_back(static_cast<const StageTime&>(stage));
    static_cast<StageTime&>(stage) = {.args = log_text(record, "args")};
    stage.key = key;
    stage.node = log_text(record, "node");
    stage.began = log_number(record, "began");
    stage.tries = log_number(record, "attempt");
    stage.input = as_json(record, "in");
    if (is_over) end_step(record, stage);
  }

  /// Its calls have begun: keys and hashes of arguments in turn.
  void take_batch(const json::object& record) {
    const json::value* calls = record.if_contains("calls");
    if (calls == nullptr || !calls->is_array()) return;
    const json::array& all = calls->as_array();
    for (size_t i = 0; i + 1 < all.size(); i += 2)
      take_step({{"key", all[i]},
                 {"args", all[i + 1]},
                 {"node", log_text(record, "node")},
                 {"began", log_number(record, "began")},
                 {"attempt", 1}},
                false);
  }

  static void end_step(const json::object& record, StageSummary& stage) {
    const json::value* error = record.if_contains("error");
    const json::value* usage = record.if_contains("usage");
    stage.took = log_number(record, "ms");
    stage.state = error != nullptr ? StageState::Failed : StageState::Done;
    stage.output = as_json(record, "out");
    stage.not_kept = log_text(record, "not_kept");
    if (error != nullptr && error->is_object())
      stage.error =
          log_text(error->as_object(), "kind") + ": " + log_text(error->as_object(), "message");
    if (usage == nullptr || !usage->is_object()) return;
    const json::object& used = usage->as_object();
    stage.usage = {log_number(used, "input_tokens"), log_number(used, "output_tokens"), {}};
    if (const json::value* cost = used.if_contains("cost_usd");
        cost != nullptr && cost->is_number())
      stage.usage->cost = cost->to_number<double>();
  }

  std::map<std::string, size_t> places_;
};

}  // namespace

std::optional<JournalSummary> read_journal(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  Reader reader;
  std::string line;
  while (std::getline(file, line)) {
    std::optional<json::object> record = read_record(line);
    if (record) reader.take(*record);
  }
  if (reader.found.id.empty()) return std::nullopt;
  reader.found.is_running = is_locked(path);
  return std::move(reader.found);
}

size_t count_cached(const JournalSummary& journal) {
  return static_cast<size_t>(std::ranges::count(journal.lookups, true, &LookupSummary::hit));
}

std::string state_of(const JournalSummary& journal) {
  if (journal.is_running) return "runs";
  if (!journal.exit_code) return "stopped";
  constexpr int64_t kWaiting = 3;
  return *journal.exit_code == 0 ? "done" : *journal.exit_code == kWaiting ? "waits" : "failed";
}

}  // namespace pflow::home
