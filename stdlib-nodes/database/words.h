/// The beginnings of SQL statements.
#pragma once

#include <initializer_list>
#include <string_view>

namespace pf_database {

/// The rest of a text from its first statement on: blanks, comments and empty statements
/// go. Empty when none is left.
std::string_view from_statement(std::string_view text);

/// Whether a statement begins with one of these words, which are in small letters.
bool begins_with(std::string_view statement, std::initializer_list<std::string_view> words);

/// Whether a word, in small letters, stands somewhere in the text.
bool has_word(std::string_view text, std::string_view word);

}  // namespace pf_database
