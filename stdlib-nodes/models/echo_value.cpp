#include "echo_value.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "pflow/tables/types.h"
#include "schema.h"

namespace pf_models {
namespace {

namespace json = boost::json;

using Made = std::optional<json::value>;

class Maker {
 public:
  /// Nothing when the value would hold itself without end.
  Made make(const pf_type& type, std::string_view name) {
    using pflow::tables::Form;
    if (type.kind == PF_UNION) return text({type.literals[0].data, type.literals[0].len});
    if (type.kind == PF_DURATION) return text("1s");
    if (type.kind == PF_BYTES) return text("");
    switch (pflow::tables::facts_of(type.kind).form) {
      case Form::Int:
      case Form::Float: return json::value(1);
      case Form::Bool: return json::value(true);
      case Form::Opt: return json::value(nullptr);
      case Form::List: return list(*type.element, name);
      case Form::Map: return map(*type.element->fields[1].type);
      case Form::Record: return record(type);
      case Form::Sum: return sum(type);
      case Form::Text:
      case Form::Json:
      case Form::Command:
      case Form::Query:
      case Form::Stream:
      case Form::Tool: break;
    }
    return text(name);
  }

 private:
  static json::value text(std::string_view text) { return json::value(json::string(text)); }

  Made list(const pf_type& element, std::string_view name) {
    json::array made;
    if (Made item = make(element, name)) made.push_back(std::move(*item));
    return json::value(std::move(made));
  }

  Made map(const pf_type& element) {
    json::object made;
    if (Made value = make(element, "value")) made.emplace("key", std::move(*value));
    return json::value(std::move(made));
  }

  Made record(const pf_type& type) {
    if (std::ranges::find(open_, &type) != open_.end()) return {};
    open_.push_back(&type);
    json::object made;
    bool whole = true;
    for (uint32_t i = 0; i < type.count && whole; ++i) {
      const pf_field& field = type.fields[i];
      if (field.default_value) continue;
      Made value = make(*field.type, field.name);
      whole = value.has_value();
      if (whole) made.emplace(field.wire, std::move(*value));
    }
    open_.pop_back();
    return whole ? Made(json::value(std::move(made))) : Made();
  }

  /// The first variant that ends.
  Made sum(const pf_type& type) {
    for (uint32_t i = 0; i < type.count; ++i) {
      Made made = record(*type.variants[i]);
      if (!made) continue;
      json::object tagged{{pf_tag_key(&type), pf_variant_tag(type.variants[i])}};
      for (const auto& member : made->as_object()) tagged.insert(member);
      return json::value(std::move(tagged));
    }
    return {};
  }

  std::vector<const pf_type*> open_;  ///< records around the place in hand
};

}  // namespace

std::string echo_value(const pf_type& type) {
  json::value made = Maker().make(type, "value").value_or(nullptr);
  if (is_wrapped(type)) made = json::object{{"value", std::move(made)}};
  return json::serialize(made);
}

}  // namespace pf_models
