#include "prices.h"

#include <fnmatch.h>

#include "pflow/json.hpp"

namespace pf_models {
namespace {

struct Row {
  std::string_view id;
  int64_t above;
  Price price;
};

constexpr Row kRows[] = {
#define PFLOW_PRICE(id, above, input, cached, written, output) \
  {id, above, {input, cached, written, output}},
#include "prices.def"
};

/// `gpt-4o` and its versions, as `gpt-4o-2024-08-06` and `claude-3-5-haiku-20241022`.
bool is_version(std::string_view id, std::string_view of) {
  if (!id.starts_with(of)) return false;
  id.remove_prefix(of.size());
  if (id.empty() || id == "-latest") return true;
  return id.size() >= 5 && id[0] == '-' && (id.starts_with("-20") || id.starts_with("-19"));
}

std::optional<Price> listed_price(std::string_view id, int64_t input_tokens) {
  const Row* best = nullptr;
  for (const Row& row : kRows) {
    if (!is_version(id, row.id) || (row.above != 0 && input_tokens <= row.above)) continue;
    bool nearer =
        !best || row.id.size() > best->id.size() || (row.id == best->id && row.above > best->above);
    if (nearer) best = &row;
  }
  return best ? std::optional(best->price) : std::nullopt;
}

const pf_home_file& file_of_prices() {
  return *pf_home_object("prices.json", "the file of prices",
                         "it is a JSON object of models and US dollars per million tokens: "
                         "{\"my-model\": {\"input\": 1.5, \"output\": 6}}");
}

/// One number of an entry; what is not there is `otherwise`.
bool read_number(const pf_json& entry, std::string_view name, double& out, double otherwise) {
  out = otherwise;
  for (const auto& [key, value] : pflow::Entries<pf_json>(entry.list)) {
    if (pflow::view(key) != name) continue;
    if (value.kind != PF_JSON_INT && value.kind != PF_JSON_FLOAT) return false;
    out = value.kind == PF_JSON_INT ? static_cast<double>(value.integer) : value.number;
  }
  return out >= 0;
}

bool read_price(const pf_json& entry, Price& price) {
  constexpr double kMissing = -1;
  return entry.kind == PF_JSON_OBJECT && read_number(entry, "input", price.input, kMissing) &&
         read_number(entry, "output", price.output, kMissing) &&
         read_number(entry, "cached", price.cached, price.input) &&
         read_number(entry, "written", price.written, price.input);
}

/// The first entry that fits: a name may hold `*`.
std::optional<Price> own_price(std::string_view provider, const std::string& id) {
  const pf_home_file& file = file_of_prices();
  if (file.state != PF_HOME_READ) return std::nullopt;
  std::string full = std::string(provider) + "/" + id;
  for (const auto& [key, value] : pflow::Entries<pf_json>(file.object.list)) {
    std::string pattern(pflow::view(key));
    Price price{};
    bool fits = fnmatch(pattern.c_str(), id.c_str(), 0) == 0 ||
                fnmatch(pattern.c_str(), full.c_str(), 0) == 0;
    if (fits && read_price(value, price)) return price;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Price> price_of(std::string_view provider, const std::string& id,
                              int64_t input_tokens) {
  if (std::optional<Price> own = own_price(provider, id)) return own;
  return listed_price(id, input_tokens);
}

bool prices_are_good() {
  const pf_home_file& file = file_of_prices();
  bool good = file.state != PF_HOME_BROKEN;
  for (const auto& [key, value] : pflow::Entries<pf_json>(file.object.list)) {
    Price price{};
    if (read_price(value, price)) continue;
    pf_home_wrong(&file, pflow::CText(key).c_str(),
                  "`%s` has no numbers `input` and `output`, 0 or more", pflow::CText(key).c_str());
    good = false;
  }
  return good;
}

}  // namespace pf_models
