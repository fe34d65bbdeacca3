#include "frontend/openapi/pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

using Names = std::span<const std::string_view>;
using Path = std::vector<std::string>;

// All in lower case and without signs. What is called so may be spelled in many ways:
// `next_cursor`, `nextCursor`, `next-cursor`.
constexpr std::string_view kLists[] = {"items",   "data",    "results", "values",   "value",
                                       "entries", "records", "content", "elements", "objects"};
constexpr std::string_view kEnvelopes[] = {"meta",   "metadata", "pagination", "paging",
                                           "page",   "pageinfo", "links",      "responsemetadata",
                                           "cursors"};
constexpr std::string_view kCursorParameters[] = {
    "cursor",    "pagecursor",        "startcursor",  "after",  "aftercursor", "pagetoken",
    "nexttoken", "continuationtoken", "continuation", "marker", "bookmark",    "nextcursor"};
constexpr std::string_view kCursorMembers[] = {
    "nextcursor", "nextpagecursor",    "endcursor",  "nextpagetoken", "nexttoken",
    "cursor",     "continuationtoken", "nextmarker", "bookmark",      "after"};
constexpr std::string_view kNextMembers[] = {"next",     "nexturl",     "nextlink",
                                             "nextpage", "nextpageurl", "odatanextlink"};
constexpr std::string_view kPageParameters[] = {"page", "pagenumber", "pageno", "pageindex"};
constexpr std::string_view kOffsetParameters[] = {"offset", "skip"};

std::string plain(std::string_view name) {
  std::string made;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) made += c;
  }
  return made;
}

bool is_one_of(std::string_view name, Names names) {
  return std::ranges::find(names, plain(name)) != names.end();
}

json::array names_of(const Path& path) { return json::array(path.begin(), path.end()); }

class Finding {
 public:
  Finding(Signature& signature, std::string_view form) : signature_(signature), form_(form) {}

  Result<std::optional<Pages>> find() {
    if (std::string why = set_items(); !why.empty()) return none(why);
    for (const std::string_view each : kPageForms) {
      if (!form_.empty() && each != form_) continue;
      port_.clear();
      pages_.plan = {{"by", each}, {"items", names_of(items_)}};
      if (!goes_on_by(each)) continue;
      pages_.ports = signature_.ports;
      std::erase_if(pages_.ports, [&](const auto& port) { return port.name == port_; });
      return std::optional(std::move(pages_));
    }
    return none(fmt::format("nothing in its description is for `{}`", form_));
  }

 private:
  /// Nobody asked for it, or why it cannot be.
  [[nodiscard]] Result<std::optional<Pages>> none(const std::string& why) const {
    if (form_.empty()) return std::optional<Pages>();
    return Failure(why);
  }

  // ---- schemas

  [[nodiscard]] const json::object* resolved(const json::value& value) const {
    std::string problem;
    return signature_.document.resolved(value, problem);
  }

  /// Whether a value of the schema may be of the JSON type.
  [[nodiscard]] bool may_be(const json::value& value, std::string_view type) const {
    const json::object* schema = resolved(value);
    if (schema == nullptr) return false;
    if (text_member(*schema, "type") == type) return true;
    for (std::string_view choices : {"type", "anyOf", "oneOf"})
      if (const json::array* list = array_member(*schema, choices))
        for (const json::value& each : *list)
          if (each.is_string() ? std::string_view(each.get_string()) == type : may_be(each, type))
            return true;
    return false;
  }

  /// The properties of an object, with those of its `allOf`.
  [[nodiscard]] std::vector<std::pair<std::string, const json::value*>> properties(
      const json::value& value, int depth = 0) const {
    constexpr int kDeepest = 8;
    std::vector<std::pair<std::string, const json::value*>> found;
    const json::object* schema = resolved(value);
    if (schema == nullptr || depth > kDeepest) return found;
    if (const json::object* own = object_member(*schema, "properties"))
      for (const auto& [name, property] : *own) found.emplace_back(name, &property);
    if (const json::array* parts = array_member(*schema, "allOf"))
      for (const json::value& part : *parts)
        for (auto& each : properties(part, depth + 1)) found.push_back(std::move(each));
    return found;
  }

  // ---- items

  /// Why there are none; empty when there are.
  std::string set_items() {
    if (signature_.operation.method != "GET") return "only those of GET go on";
    if (signature_.answer == nullptr) return "it has no answer of one type in JSON";
    if (may_be(*signature_.answer, "array")) {
      const std::string& type = signature_.answer_type.text;
      if (!type.starts_with('[')) return "its items have no type";
      pages_.item.text = type.substr(1, type.size() - 2);
      return {};
    }
    const json::value* list = listed();
    if (list == nullptr)
      return "its answer has no list, or several and none is called `items` or `data`";
    Result<json_schema::Type> item =
        signature_.type_of(resolved(*list)->if_contains("items"), signature_.name + "Item");
    if (!item) return item.message();
    pages_.item = *item;
    return {};
  }

  /// The only list of the answer, or the one by whose name it is the items.
  const json::value* listed() {
    std::vector<std::pair<std::string, const json::value*>> lists;
    for (auto& each : properties(*signature_.answer))
      if (may_be(*each.second, "array")) lists.push_back(std::move(each));
    const auto take = [&](const auto& found) {
      items_ = {found.first};
      return found.second;
    };
    if (lists.size() == 1) return take(lists[0]);
    for (std::string_view name : kLists)
      for (const auto& each : lists)
        if (plain(each.first) == name) return take(each);
    return nullptr;
  }

  // ---- how it goes on

  bool goes_on_by(std::string_view form) {
    if (form == "link") return signature_.links || form_ == form;
    if (form == "cursor") return takes(kCursorParameters, "str") && says(kCursorMembers);
    if (form == "next") return says(kNextMembers);
    return takes(form == "page" ? Names(kPageParameters) : Names(kOffsetParameters), "int");
  }

  /// Whether there is a parameter of the query that is called so.
  bool takes(Names names, std::string_view type) {
    const json::value* parameters = signature_.plan.if_contains("parameters");
    if (parameters == nullptr) return false;
    for (std::string_view name : names)
      for (const json::value& entry : parameters->get_array()) {
        const json::object& plan = entry.get_object();
        if (text_member(plan, "in") != "query" || plain(text_member(plan, "name")) != name)
          continue;
        const auto port = std::ranges::find(signature_.ports, text_member(plan, "port"),
                                            &json_schema::Property::name);
        if (port->type.text != type) continue;
        port_ = port->name;
        pages_.plan["parameter"] = text_member(plan, "name");
        if (type == "int") count_from(*port);
        return true;
      }
    return false;
  }

  /// The first page is what the API takes when nothing is said: 1, unless its doc says 0.
  void count_from(const json_schema::Property& port) {
    const bool is_page = is_one_of(text_member(pages_.plan, "parameter"), kPageParameters);
    pages_.plan["first"] = is_page && port.doc.find("Default: 0") == std::string::npos ? 1 : 0;
    if (port.required) pages_.plan["required"] = true;
  }

  /// Whether a member of the answer that is called so says what comes next.
  bool says(Names names) {
    Path path;
    if (!find_member(*signature_.answer, names, 0, path)) return false;
    pages_.plan["next"] = names_of(path);
    return true;
  }

  bool find_member(const json::value& value, Names names, int depth, Path& path) const {
    constexpr int kDeepest = 2;
    const auto all = properties(value);
    for (std::string_view wanted : names)
      for (const auto& [name, property] : all) {
        if (plain(name) != wanted) continue;
        path.push_back(name);
        if (may_be(*property, "string") || may_be(*property, "integer")) return true;
        for (const auto& [inner, address] : properties(*property))
          if (inner == "href" && may_be(*address, "string")) {
            path.push_back(inner);
            return true;
          }
        path.pop_back();
      }
    if (depth == kDeepest) return false;
    for (const auto& [name, property] : all) {
      if (!is_one_of(name, kEnvelopes)) continue;
      path.push_back(name);
      if (find_member(*property, names, depth + 1, path)) return true;
      path.pop_back();
    }
    return false;
  }

  Signature& signature_;
  const std::string_view form_;
  Pages pages_;
  Path items_;        ///< where they are in the answer
  std::string port_;  ///< that of the page
};

}  // namespace

Result<std::optional<Pages>> pages_of(Signature& signature, std::string_view form) {
  if (form == "none") return std::optional<Pages>();
  return Finding(signature, form).find();
}

}  // namespace pflow::openapi
