#include "answer.h"

#include <stddef.h>

#include "pflow/json.hpp"

namespace pf_exec {
namespace {

// The members of a line as a record of optionals.
template <typename T>
struct Optional {
  T value;
  bool has;
};
struct Trouble {
  Optional<pf_str> kind;
  Optional<pf_str> message;
  Optional<pf_json> data;
};
struct Line {
  Optional<int64_t> pflow;
  Optional<pf_list> nodes;
  Optional<int64_t> id;
  Optional<pf_str> action;
  Optional<Trouble> error;
};

template <typename T>
constexpr pf_type optional(const char* name, const pf_type* element) {
  return {PF_OPT,
          sizeof(Optional<T>),
          alignof(Optional<T>),
          1,
          name,
          element,
          0,
          nullptr,
          nullptr,
          nullptr,
          nullptr,
          nullptr};
}
template <typename T>
constexpr pf_type record(const char* name, const pf_field* fields, uint32_t count) {
  return {PF_RECORD, sizeof(T), alignof(T), 1,       name,    nullptr,
          count,     fields,    nullptr,    nullptr, nullptr, nullptr};
}

constexpr pf_type kInt = {PF_INT, sizeof(int64_t), alignof(int64_t), 0,       "int",   nullptr,
                          0,      nullptr,         nullptr,          nullptr, nullptr, nullptr};
constexpr pf_type kOptInt = optional<int64_t>("int", &kInt);
constexpr pf_type kOptStr = optional<pf_str>("str", &pflow::kTextType);
constexpr pf_type kOptTexts = optional<pf_list>("[str]", &pflow::kTexts);
constexpr pf_type kOptJson = optional<pf_json>("json", &pflow::kJsonType);
constexpr pf_field kTroubleFields[] = {
    {"kind", "kind", &kOptStr, offsetof(Trouble, kind), nullptr, nullptr},
    {"message", "message", &kOptStr, offsetof(Trouble, message), nullptr, nullptr},
    {"data", "data", &kOptJson, offsetof(Trouble, data), nullptr, nullptr}};
constexpr pf_type kTrouble = record<Trouble>("error", kTroubleFields, 3);
constexpr pf_type kOptTrouble = optional<Trouble>("error", &kTrouble);
constexpr pf_field kLineFields[] = {
    {"pflow", "pflow", &kOptInt, offsetof(Line, pflow), nullptr, nullptr},
    {"nodes", "nodes", &kOptTexts, offsetof(Line, nodes), nullptr, nullptr},
    {"id", "id", &kOptInt, offsetof(Line, id), nullptr, nullptr},
    {"action", "action", &kOptStr, offsetof(Line, action), nullptr, nullptr},
    {"error", "error", &kOptTrouble, offsetof(Line, error), nullptr, nullptr}};
constexpr pf_type kLine = record<Line>("line", kLineFields, 5);

std::string text_of(const Optional<pf_str>& text, std::string_view otherwise) {
  return std::string(text.has ? pflow::view(text.value) : otherwise);
}

void take_trouble(Trouble& trouble, Answer* out) {
  out->failed = true;
  out->kind = text_of(trouble.kind, "tool");
  out->message = text_of(trouble.message, "it failed and does not say why");
  out->data = trouble.data.value;
  trouble.data = {};
}

}  // namespace

Answer::~Answer() { pf_drop_value(&data, &pflow::kJsonType); }

bool read_answer(std::string_view line, Answer* out) {
  const pf_str text = pflow::literal(line);
  if (pf_utf8_valid_prefix(line.data(), line.size()) != line.size()) return false;
  Line read{};
  pf_json_problem problem;
  if (!pf_json_decode(&text, &kLine, &read, &problem)) {
    pf_str_release(problem.message);
    return false;
  }
  out->is_hello = read.pflow.has;
  out->version = read.pflow.value;
  for (const pf_str& name : pflow::Elements<pf_str>(read.nodes.value))
    out->nodes.emplace_back(pflow::view(name));
  out->id = read.id.value;
  out->has_action = read.action.has;
  out->action = text_of(read.action, "");
  if (read.error.has) take_trouble(read.error.value, out);
  const bool says_something = read.pflow.has || read.id.has;
  pf_drop_value(&read, &kLine);
  return says_something;
}

bool read_output(std::string_view line, const pf_type& output, void* out, std::string* problem) {
  const bool is_bare = output.count == 1 && output.fields[0].name[0] == '\0';
  const pf_field member = {"output", "output", is_bare ? output.fields[0].type : &output,
                           0,        nullptr,  nullptr};
  pf_type answer = record<Line>("answer", &member, 1);
  answer.size = output.size;
  answer.align = output.align;
  const pf_str text = pflow::literal(line);
  pf_json_problem found;
  if (output.count == 0 || pf_json_decode(&text, &answer, out, &found)) return true;
  *problem = pflow::view(found.message);
  pf_str_release(found.message);
  return false;
}

}  // namespace pf_exec
