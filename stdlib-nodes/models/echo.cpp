#include "echo.h"

#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "echo_value.h"
#include "json_members.h"
#include "lenient/lenient_reader.h"
#include "pflow/node.hpp"
#include "schema.h"
#include "unread_answer.h"

namespace pf_models {
namespace {

/// Room for a value that nobody keeps.
class Trial {
 public:
  explicit Trial(const pf_type& type)
      : type_(type), room_(pflow::zeroed(type.size == 0 ? 1 : type.size)) {}
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  ~Trial() {
    pf_drop_value(room_, &type_);
    free(room_);
  }
  [[nodiscard]] void* room() const { return room_; }

 private:
  const pf_type& type_;
  void* room_;
};

/// The end of the JSON object or list that begins at `from`, or of the text.
size_t end_of_json(std::string_view text, size_t from) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') ++at;
      quoted = c != '"';
      continue;
    }
    quoted = c == '"';
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
  }
  return text.size();
}

/// The first object or list in the text that `take` takes.
template <typename Take>
std::optional<std::string_view> find_json(std::string_view text, Take&& take) {
  for (size_t at = text.find_first_of("{["); at != text.npos;
       at = text.find_first_of("{[", at + 1)) {
    std::string_view part = text.substr(at, end_of_json(text, at) - at);
    if (take(part)) return part;
  }
  return {};
}

bool fits_exactly(std::string_view text, const pf_type& type) {
  Trial trial(type);
  const lenient::Root root = is_wrapped(type) ? lenient::Root::InValue : lenient::Root::Plain;
  return lenient::read_strictly(pflow::literal(text), type, root, trial.room()).read;
}

bool fits(std::string_view text, const pf_type& type) {
  Trial trial(type);
  const lenient::Root root = is_wrapped(type) ? lenient::Root::InValue : lenient::Root::Plain;
  return lenient::read_leniently(pflow::literal(text), type, root, trial.room()).read;
}

std::string typed(std::string_view text, const pf_type& type, bool strict) {
  if (strict ? fits_exactly(text, type) : fits(text, type)) return std::string(text);
  auto part = find_json(text, [&](std::string_view json) { return fits_exactly(json, type); });
  return part ? std::string(*part) : echo_value(type);
}

/// What the prompt asks of tools, in its order.
std::vector<ToolCall> asked_calls(std::string_view prompt) {
  std::vector<ToolCall> calls;
  size_t behind = 0;
  (void)find_json(prompt, [&](std::string_view part) {
    const auto at = static_cast<size_t>(part.data() - prompt.data());
    boost::system::error_code error;
    boost::json::value read = at < behind ? boost::json::value() : boost::json::parse(part, error);
    std::string_view name = error ? "" : text_member(&read, "tool");
    if (name.empty()) return false;
    behind = at + part.size();
    calls.push_back({"call_" + std::to_string(calls.size() + 1), std::string(name),
                     arguments_text(member(&read, "arguments"))});
    return false;
  });
  return calls;
}

/// What was said last: the prompt, or what tools have given.
std::string last_words(const Message& message) {
  if (message.role != Role::Tool) return message.text;
  std::string words;
  for (const ToolResult& result : message.results)
    words += (words.empty() ? "" : "\n") + result.text;
  return words;
}

}  // namespace

Answer echo_answer(const Asking& asking) {
  const std::vector<Message>& all = asking.request.messages;
  const Message& last = all.back().role == Role::Tool ? all.back() : all[asking.asked - 1];
  Answer answer;
  if (asking.tools.tools.head && last.role == Role::User) answer.calls = asked_calls(last.text);
  if (!answer.calls.empty()) {
    answer.ending = Ending::ToolCalls;
    return answer;
  }
  answer.text = last_words(last);
  const pf_type& type = *asking.in->type_T;
  if (type.kind != PF_STR) answer.text = typed(answer.text, type, is_strict(asking.in->parse));
  return answer;
}

std::string echo_items(std::string_view prompt, const pf_type& list) {
  auto fits = [&](std::string_view json) {
    Trial trial(list);
    pf_str text = pflow::literal(json);
    pf_json_problem problem{};
    if (pf_json_decode(&text, &list, trial.room(), &problem)) return true;
    pf_str_release(problem.message);
    return false;
  };
  auto part = find_json(prompt, fits);
  return part ? std::string(*part) : echo_value(list);
}

}  // namespace pf_models
