#include "frontend/openapi/result.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/openapi/media.h"
#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

struct Answer {
  std::string status;     ///< `200`, `2XX`, `default`
  std::string_view form;  ///< empty: it has no body
  json_schema::Type type;
  std::string media;
  const json::value* schema = nullptr;  ///< of JSON
  bool has_headers = false;
};

class Results {
 public:
  explicit Results(Signature& signature) : signature_(signature) {}

  std::string add() {
    if (std::string problem = collect(); !problem.empty()) return problem;
    json::object plan;
    std::vector<std::string> accepted;
    for (const Answer& answer : answers_) {
      plan[answer.status] = answer.form.empty() ? "none" : answer.form;
      if (!answer.media.empty() && std::ranges::find(accepted, answer.media) == accepted.end())
        accepted.push_back(answer.media);
    }
    signature_.plan["results"] = std::move(plan);
    if (!accepted.empty()) signature_.plan["accept"] = fmt::format("{}", fmt::join(accepted, ", "));
    set_output();
    return {};
  }

 private:
  std::string collect() {
    const json::object* responses = object_member(*signature_.operation.object, "responses");
    if (responses == nullptr) return {};
    for (const auto& [status, value] : *responses)
      if (std::string_view(status).starts_with('2'))
        if (std::string problem = add(status, value); !problem.empty()) return problem;
    if (!answers_.empty()) return {};
    const json::value* otherwise = responses->if_contains("default");
    return otherwise != nullptr ? add("default", *otherwise) : std::string();
  }

  std::string add(std::string_view status, const json::value& value) {
    std::string problem;
    const json::object* response = signature_.document.resolved(value, problem);
    if (response == nullptr) return problem;
    Answer& answer = answers_.emplace_back();
    answer.status = status;
    const json::object* headers = object_member(*response, "headers");
    answer.has_headers = headers != nullptr && !headers->empty();
    if (headers != nullptr && headers->contains("Link")) signature_.links = true;
    const json::object* content = object_member(*response, "content");
    const Media media = content != nullptr ? best_media(*content) : Media();
    if (media.object == nullptr || signature_.operation.method == "HEAD") return {};
    answer.media = media.type;
    const bool is_form = media.form == "form" || media.form == "multipart";
    answer.form = is_form ? "bytes" : media.form;
    answer.type.text = answer.form == "text" ? "str" : "bytes";
    if (answer.form != "json") return {};
    answer.schema = media.object->if_contains("schema");
    Result<json_schema::Type> type = signature_.type_of(answer.schema, signature_.name + "Result");
    if (!type) return "its result: " + type.message();
    answer.type = *type;
    return {};
  }

  /// The one type of all bodies; else what each status gives is said, and the status is given.
  void set_output() {
    const Answer* typed = nullptr;
    bool is_one = true, has_none = false, has_headers = false;
    std::string said;
    for (const Answer& answer : answers_) {
      has_headers = has_headers || answer.has_headers;
      has_none = has_none || answer.form.empty();
      said += fmt::format("\n{}: {}", answer.status,
                          answer.form.empty() ? "nothing" : '`' + answer.type.whole() + '`');
      if (answer.form.empty()) continue;
      if (typed != nullptr)
        is_one = is_one && typed->type.text == answer.type.text && typed->form == answer.form;
      else
        typed = &answer;
    }
    has_headers = has_headers || signature_.operation.method == "HEAD";
    if (!is_one) {
      signature_.output_doc = "What it gives, by the status of the answer:" + said;
      signature_.output = "(out result: json, status: int, headers: map<str>)";
      return;
    }
    if (typed == nullptr) {
      if (has_headers) signature_.output = "(out status: int, headers: map<str>)";
      return;
    }
    json_schema::Type type = typed->type;
    if (typed->form == "json" && !has_none) {
      signature_.answer = typed->schema;
      signature_.answer_type = type;
    }
    type.nullable = type.text != "json" && (type.nullable || has_none);
    signature_.output = has_headers
                            ? fmt::format("(out result: {}, headers: map<str>)", type.whole())
                            : type.whole();
  }

  Signature& signature_;
  std::vector<Answer> answers_;
};

}  // namespace

std::string add_result(Signature& signature) { return Results(signature).add(); }

}  // namespace pflow::openapi
