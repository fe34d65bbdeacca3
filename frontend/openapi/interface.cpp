#include "frontend/openapi/interface.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "frontend/json_schema/names.h"
#include "frontend/json_schema/port_list.h"
#include "frontend/openapi/body.h"
#include "frontend/openapi/members.h"
#include "frontend/openapi/pages.h"
#include "frontend/openapi/parameters.h"
#include "frontend/openapi/result.h"
#include "frontend/openapi/security.h"
#include "frontend/openapi/servers.h"
#include "frontend/openapi/signature.h"

namespace pflow::openapi {

namespace json = boost::json;
using json_schema::NameTable;
using json_schema::Types;
using json_schema::Use;

namespace {

/// More of a description is left to the document.
constexpr size_t kLongestDoc = 800;

bool matches(std::string_view text, std::string_view pattern) {
  const size_t star = pattern.find('*');
  if (star == pattern.npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (size_t at = star; at <= text.size(); ++at)
    if (matches(text.substr(at), rest)) return true;
  return false;
}

/// Up to the end of a paragraph.
std::string_view shortened(std::string_view text) {
  if (text.size() <= kLongestDoc) return text;
  const size_t end = text.rfind("\n\n", kLongestDoc);
  if (end != text.npos && end != 0) return text.substr(0, end);
  return text.substr(0, std::min(text.find('\n', kLongestDoc), text.size()));
}

bool changes_nothing(const std::string& method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE" ||
         method == "QUERY";
}

/// Whether doing it twice is doing it once (RFC 9110, 9.2.2).
bool is_repeatable(const std::string& method) {
  return changes_nothing(method) || method == "PUT" || method == "DELETE";
}

std::string doc_of(const Operation& operation, const std::string& output_doc) {
  std::string doc(text_member(*operation.object, "summary"));
  const std::string_view more = shortened(text_member(*operation.object, "description"));
  const std::string first = doc;
  if (!more.empty() && more != first) doc += (doc.empty() ? "" : "\n\n") + std::string(more);
  const auto add = [&doc](std::string_view line) {
    doc += fmt::format("{}{}", doc.empty() ? "" : "\n", line);
  };
  if (!output_doc.empty()) add(output_doc);
  if (bool_member(*operation.object, "deprecated", false)) add("It is deprecated.");
  if (changes_nothing(operation.method)) add("It changes nothing.");
  return doc;
}

std::string pages_doc(const Operation& operation) {
  return doc_of(operation,
                "It gives the items of all pages, and asks for a page when they are wanted.");
}

class Making {
 public:
  Making(const Document& document, const Wanted& wanted)
      : document_(document),
        wanted_(wanted),
        types_(document.root(), type_names_),
        security_(document, wanted.keys, wanted.name),
        servers_(document, wanted.base, wanted.server) {}

  Interface make(const std::vector<Operation>& operations) {
    for (const Operation& operation : operations) {
      const Types::Mark mark = types_.mark();
      const std::string why = add(operation);
      if (why.empty()) continue;
      types_.forget(mark);
      made_.left_out.emplace_back(operation.id, why);
      nodes_ += fmt::format("\n# `{}` is left out: {}\n", one_line(operation.id), one_line(why));
    }
    std::string title = document_.info("title");
    if (title.empty()) title = "an API";
    made_.text =
        fmt::format("# The operations of {}: made by `pflowc openapi add`, which makes it anew.\n",
                    one_line(title));
    if (const std::string types = types_.declarations(); !types.empty()) made_.text += "\n" + types;
    made_.text += nodes_;
    made_.api = servers_.first();
    if (!security_.used().empty()) made_.api["security"] = security_.used();
    return std::move(made_);
  }

 private:
  static std::string one_line(std::string text) {
    std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20; }, ' ');
    return text;
  }

  /// Why there is no node of it; empty when there is one.
  std::string add(const Operation& operation) {
    Signature signature{document_, operation, types_, json_schema::type_name(operation.id)};
    signature.plan["method"] = operation.method;
    signature.plan["path"] = operation.path;
    types_.set_use(Use::Sent);
    if (std::string why = add_parameters(signature); !why.empty()) return why;
    if (std::string why = add_body(signature); !why.empty()) return why;
    types_.set_use(Use::Received);
    if (std::string why = add_result(signature); !why.empty()) return why;
    if (std::string why = security_.add(signature); !why.empty()) return why;
    servers_.add(signature);
    Result<std::optional<Pages>> pages = pages_of(signature, pages_form(operation));
    if (!pages && made_.problem.empty())
      made_.problem = fmt::format("the pages of `{}`: {}", operation.id, pages.message());
    std::string name = json_schema::node_name(operation.id);
    if (wanted_.is_taken(name)) name += '_';
    add_node(operation, name, doc_of(operation, signature.output_doc), signature.ports,
             signature.output);
    if (pages && *pages) {
      signature.plan["pages"] = (*pages)->plan;
      add_node(operation, name + "_all", pages_doc(operation), (*pages)->ports,
               fmt::format("stream<{}>", (*pages)->item.whole()));
    }
    made_.operations[operation.id] = std::move(signature.plan);
    return {};
  }

  void add_node(const Operation& operation, const std::string& name, const std::string& doc,
                const std::vector<json_schema::Property>& ports, const std::string& output) {
    nodes_ += "\n" + json_schema::doc_comment(doc, 0);
    nodes_ += fmt::format("node {}({}){}{} by openapi({}, {}){}\n", node_names_.take(name),
                          json_schema::port_list(ports), output.empty() ? "" : " -> ", output,
                          json_schema::text_literal(wanted_.name),
                          json_schema::text_literal(operation.id),
                          is_repeatable(operation.method) ? " repeatable" : "");
  }

  /// What the last pattern that fits it says; empty when none does.
  [[nodiscard]] std::string_view pages_form(const Operation& operation) const {
    std::string_view form;
    for (const auto& [pattern, said] : wanted_.pages)
      if (fits(operation, pattern)) form = said;
    return form;
  }

  const Document& document_;
  const Wanted& wanted_;
  NameTable type_names_ = json_schema::type_names(), node_names_;
  Types types_;
  Security security_;
  Servers servers_;
  Interface made_;
  std::string nodes_;
};

}  // namespace

bool fits(const Operation& operation, std::string_view pattern) {
  if (matches(operation.id, pattern) || matches(operation.path, pattern) ||
      matches(operation.place(), pattern) || matches(json_schema::node_name(operation.id), pattern))
    return true;
  const json::array* tags = array_member(*operation.object, "tags");
  for (const json::value& tag : tags != nullptr ? *tags : json::array())
    if (tag.is_string()) {
      const std::string name(tag.get_string());
      if (matches(name, pattern) || matches(name + '.' + operation.id, pattern)) return true;
    }
  return false;
}

Interface make_interface(const Document& document, const Wanted& wanted) {
  const std::vector<Operation> all = document.operations();
  std::vector<Operation> chosen;
  Interface failed;
  std::vector<std::string> patterns = wanted.only;
  for (const auto& [pattern, form] : wanted.pages) patterns.push_back(pattern);
  for (const std::string& pattern : patterns)
    if (std::ranges::none_of(all, [&](const Operation& each) { return fits(each, pattern); })) {
      failed.unmatched = pattern;
      return failed;
    }
  for (const Operation& operation : all)
    if (wanted.only.empty() || std::ranges::any_of(wanted.only, [&](const std::string& pattern) {
          return fits(operation, pattern);
        }))
      chosen.push_back(operation);
  return Making(document, wanted).make(chosen);
}

}  // namespace pflow::openapi
