#include "model_defaults.h"

#include <string>

#include "pflow/json.hpp"

namespace pf_models {
namespace {

const pf_home_file& file_of_options() {
  return *pf_home_object(
      "model_options.json", "the file of options",
      "it is a JSON object of models and their options: {\"gpt-4o\": {\"temperature\": 0.5}}");
}

/// A value of the file. A number may stand there as a text, as llm writes it.
class Value {
 public:
  explicit Value(const pf_json& given, bool number) : value_(&given) {
    if (!number || given.kind != PF_JSON_STR) return;
    pf_json_problem problem{};
    owns_ = pf_json_decode(&given.text, &pflow::kJsonType, &read_, &problem);
    if (!owns_) pf_str_release(problem.message);
    if (owns_) value_ = &read_;
  }
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  ~Value() {
    if (owns_) pf_drop_value(&read_, &pflow::kJsonType);
  }
  [[nodiscard]] const pf_json& get() const { return *value_; }

 private:
  const pf_json* value_;
  pf_json read_{};
  bool owns_ = false;
};

/// Takes one option; else what is wrong with it.
std::string take(ModelDefaults& defaults, const Model& model, std::string_view name,
                 const pf_json& given) {
  const bool own = name == "temperature" || name == "max_tokens";
  const Value value(given, own || is_number(name));
  const pf_json& json = value.get();
  if (!own) return read_option(name, json, model, defaults.options);
  const bool whole = json.kind == PF_JSON_INT;
  if (name == "max_tokens") {
    if (!whole || json.integer < 1) return "`max_tokens` is no whole number of 1 or more";
    defaults.max_tokens = json.integer;
    return "";
  }
  if (!model.facts->samples) return "the model takes no `temperature`";
  if (!whole && json.kind != PF_JSON_FLOAT) return "`temperature` is no number";
  defaults.temperature = whole ? static_cast<double>(json.integer) : json.number;
  return "";
}

std::string take_all(ModelDefaults& defaults, const Model& model, const pf_json& given) {
  if (given.kind != PF_JSON_OBJECT) return "it is no object of options";
  std::string problem;
  for (const auto& [option, value] : pflow::Entries<pf_json>(given.list))
    if (problem.empty()) problem = take(defaults, model, pflow::view(option), value);
  return problem;
}

}  // namespace

ModelDefaults model_defaults(const Model& model, std::string_view name) {
  ModelDefaults defaults;
  const pf_home_file& file = file_of_options();
  defaults.broken = file.state == PF_HOME_BROKEN;
  if (file.state != PF_HOME_READ) return defaults;
  for (const std::string& key : {std::string(name), model.id, model.full_name()}) {
    const pf_json* found = pf_home_member(&file, key.c_str());
    if (!found) continue;
    std::string problem = take_all(defaults, model, *found);
    if (!problem.empty())
      pf_home_wrong(&file, key.c_str(), "of `%s`: %s", key.c_str(), problem.c_str());
    defaults.broken = !problem.empty();
    break;
  }
  return defaults;
}

}  // namespace pf_models
