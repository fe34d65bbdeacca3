/// Who answers: the providers of models, their addresses and keys. Those of providers.def, and the
/// servers of models.yaml.
#pragma once

#include <stdint.h>

#include <span>
#include <string>
#include <string_view>

#include "pflow/abi.h"

namespace pf_models {

/// The built-in model that answers with the prompt.
inline constexpr std::string_view kEcho = "echo";

inline constexpr const char* kNoModel = "no model is chosen";
inline constexpr const char* kNoModelHelp =
    "give `--model NAME`, set PFLOW_MODEL, or write a name to `default_model.txt` in PFLOW_HOME";

enum class ProviderName : uint8_t {
#define PFLOW_PROVIDER(Name, ...) Name,
#include "providers.def"
};

struct ProviderHeader {
  std::string_view name;
  std::string_view value;  ///< not to be shown
};

struct Provider {
  ProviderName kind;  ///< whose ways it has
  const char* name;
  const char* base_variable;  ///< null: its address is set nowhere else
  std::string_view default_url;
  const char* key_name;      ///< in keys.json; null: it is sent no key
  const char* key_variable;  ///< null: the environment has none
  bool needs_key;
  std::string_view key_header;  ///< empty: Authorization, as Bearer
  double batch_share;           ///< of its price that a question in a batch costs; 0: it has none
  std::span<const ProviderHeader> headers = {};
};

const Provider& provider_of(ProviderName name);
[[nodiscard]] std::span<const Provider> all_providers();
/// Those of providers.def; null for a name that is none.
[[nodiscard]] const Provider* find_provider(std::string_view name);

/// Whether its environment variable gives another address than the usual one.
bool has_own_url(const Provider& provider);
/// What sets its address, as messages quote it.
std::string where_set(const Provider& provider);
/// The provider's address, as it is set.
std::string base_url(const Provider& provider);
/// Where a request goes: `path` behind the address, before its query; both may have one.
std::string request_url(const Provider& provider, std::string_view path);
/// What is wrong with the address, or with the way there; empty when nothing is.
std::string base_url_problem(const Provider& provider);
/// The address as it may be shown.
std::string shown_url(const Provider& provider);
/// The address by which answers are known: one for all ways to write it, and without
/// what is secret in it.
std::string canonical_url(const Provider& provider);

/// The key of the provider, without blanks around it.
pf_key_state find_key(const Provider& provider, std::string& key);
std::string no_key(const Provider& provider);
std::string no_key_help(const Provider& provider);

/// The text of an error, with the key blotted out and cut to a bearable length.
std::string presentable(std::string text, std::string_view key);

}  // namespace pf_models
