#include "security.h"

#include "stdlib-nodes/mcp/keys.h"
#include "styles.h"

namespace pf_openapi {
namespace {

/// Shorter ones stand in any text.
constexpr size_t kShortestSecret = 8;

std::string base64(const std::string& bytes) {
  const pf_str value = pflow::literal(bytes);
  const pflow::Text quoted(pf_json_text(&value, &kBytes, 0));
  const std::string_view text = quoted.view();
  return std::string(text.substr(1, text.size() - 2));
}

void add(const pf_json& scheme, const std::string& key, Credentials* out) {
  const std::string_view in = text_member(&scheme, "in");
  const std::string name(text_member(&scheme, "name"));
  const pf_str text = pflow::literal(key);
  if (key.size() >= kShortestSecret) out->keys.push_back(key);
  pf_json value{};
  value.kind = PF_JSON_STR;
  value.text = text;
  if (in == "header")
    out->headers.emplace_back(name, key);
  else if (in == "bearer")
    out->headers.emplace_back("Authorization", "Bearer " + key);
  else if (in == "basic")
    out->headers.emplace_back("Authorization", "Basic " + base64(key));
  else if (in == "query")
    add_to_query(out->query, {.name = name, .style = "form"}, value);
  else if (in == "cookie")
    add_to_cookies(out->cookies, {.name = name, .style = "form"}, value);
}

pf_mcp::Problem way(const Plan& plan, const pf_json& names, Credentials* out) {
  const pf_json* schemes = member(&plan.api(), "security");
  const pflow::Elements<pf_json> all = items(&names);
  for (size_t i = 0; i < all.size(); ++i) {
    const pf_json* scheme = member(schemes, text_of(&all[i]));
    const std::string owner = "the API `" + std::string(plan.name()) + "`";
    std::string key;
    pf_mcp::Problem wrong = pf_mcp::read_key(owner, text_member(scheme, "key"), &key);
    if (!wrong.text.empty()) return wrong;
    if (scheme != nullptr) add(*scheme, key, out);
  }
  return {};
}

}  // namespace

pf_mcp::Problem credentials(const Plan& plan, Credentials* out) {
  pf_mcp::Problem first;
  for (const pf_json& names : items(member(&plan.operation(), "security"))) {
    Credentials found;
    pf_mcp::Problem wrong = way(plan, names, &found);
    if (wrong.text.empty()) {
      *out = std::move(found);
      return {};
    }
    if (first.text.empty()) first = std::move(wrong);
  }
  return first;
}

}  // namespace pf_openapi
