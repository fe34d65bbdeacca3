/// What a secret looks like, by its name or by itself.
#pragma once

#include <string_view>

namespace pflow::cassettes {

/// Names of headers, in any case, whose values are secrets or say who pays.
bool is_secret_header(std::string_view name);
/// Of the answer.
bool is_secret_answer_header(std::string_view name);
/// Names of pairs of a query or a form that are left out.
bool is_secret_pair(std::string_view name);
/// Names of members of JSON whose texts are secrets: `access_token`.
bool is_secret_member(std::string_view name);

/// The first key in the text that is known by its form, as `sk-…`; empty when there is none.
std::string_view find_key(std::string_view text);
/// Whether a value of a secret name may be one, and no stand-in as `DUMMY_KEY`.
bool may_be_secret(std::string_view value);

}  // namespace pflow::cassettes
