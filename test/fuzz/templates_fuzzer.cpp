/// Any text as a command, an address or a query with interpolations: the checks of the
/// compiler, then what the runtime makes of those that they let pass. The first byte says
/// which (`c`, `u`, `s`); `^` is an interpolation; the lines behind the first of an address,
/// and behind a last NUL byte of a command, are the values.
#include <sqlite3.h>

#include <vector>

#include "frontend/sema/templates/shell_scan.h"
#include "frontend/sema/templates/sql_template.h"
#include "frontend/sema/templates/url_scan.h"
#include "runtime/src/values/list.h"
#include "test/fuzz/must.h"
#include "test/unit/runtime/values.h"

using fuzz::must;
namespace sema = pflow::sema;

namespace {

using Texts = std::vector<std::string_view>;

Texts split(std::string_view text, char at) {
  Texts pieces;
  for (size_t end; (end = text.find(at)) != text.npos; text.remove_prefix(end + 1))
    pieces.push_back(text.substr(0, end));
  pieces.push_back(text);
  return pieces;
}

/// A value for each hole: those that there are, again and again.
Texts values_for(size_t holes, const Texts& given) {
  Texts values;
  for (size_t i = 0; i < holes; ++i)
    values.push_back(given.empty() ? std::string_view("x") : given[i % given.size()]);
  return values;
}

/// Arguments of the functions that make values from templates.
struct Made {
  Made(std::vector<pf_piece> pieces, const Texts& values) : pieces(std::move(pieces)) {
    for (std::string_view value : values) texts.push_back(values::lit(value));
    for (const pf_str& text : texts) holes.push_back(&text);
  }
  [[nodiscard]] int64_t count() const { return static_cast<int64_t>(holes.size()); }
  std::vector<pf_piece> pieces;
  std::vector<pf_str> texts;
  std::vector<const void*> holes;
};

// ---- commands ---------------------------------------------------------------

bool same(const sema::HoleSite& one, const sema::HoleSite& other) {
  return one.context == other.context && one.begins_word == other.begins_word &&
         one.after_dashes == other.after_dashes && one.redirected == other.redirected &&
         one.run_by == other.run_by && one.runner == other.runner;
}

bool is_safe(const sema::HoleSite& site) { return site.context == sema::ShellContext::Command; }

/// Each value is an argument as it is, and stands in the script as one quoted variable.
void check_made_command(const Texts& pieces, const std::vector<sema::HoleSite>& sites,
                        const Texts& values) {
  std::vector<pf_piece> made;
  std::string expected;
  for (size_t i = 0; i < pieces.size(); ++i) {
    bool last = i + 1 == pieces.size();
    made.push_back({.text = values::lit(pieces[i]),
                    .hole = last ? nullptr : &values::kStr,
                    .begins_word = !last && sites[i].begins_word,
                    .after_dashes = !last && sites[i].after_dashes});
    expected += pieces[i];
    if (!last) expected += "\"${_pflow_" + std::to_string(i + 1) + "}\"";
  }
  Made arguments(std::move(made), values);
  pf_cmd command{};
  if (pf_cmd_make(&command, arguments.pieces.data(), arguments.holes.data(), arguments.count(),
                  &values::kSite)) {
    values::take_failure();
    return;
  }
  auto words = values::elements_of<pf_str>(command.args.head);
  must(words.size() == values.size(), "each value is an argument", expected);
  for (size_t i = 0; i < values.size(); ++i) {
    must(values::view(words[i]) == values[i], "a value is an argument as it is", values[i]);
    bool option = values[i].starts_with('-') && sites[i].begins_word && !sites[i].after_dashes;
    must(!option, "no value is read as an option", values[i]);
  }
  std::string script = values::take(command.script);
  must(script.ends_with(expected), "values stand nowhere in the script", script, expected);
  values::drop(command.args, pflow::rt::kTextListType);
}

/// What the scanner says of a hole is what it says of it in the script that runs, where
/// variables stand for the holes before.
void check_command(std::string_view text, const Texts& given) {
  Texts pieces = split(text, '^');
  sema::ShellScanner scanner;
  std::vector<sema::HoleSite> sites;
  std::string script;
  bool safe = true;
  for (size_t i = 0; i < pieces.size(); ++i) {
    scanner.text(pieces[i]);
    script += pieces[i];
    if (i + 1 == pieces.size()) break;
    sites.push_back(scanner.hole());
    sema::ShellScanner whole;
    whole.text(script);
    if (safe) must(same(whole.hole(), sites.back()), "piecewise is whole", script);
    safe = safe && is_safe(sites.back());
    script += "\"${_pflow_" + std::to_string(i + 1) + "}\"";
  }
  sema::ShellContext unclosed = scanner.unclosed();
  scanner.finish();
  for (size_t hole : scanner.printed_into_shell())
    must(hole < sites.size(), "there is the hole that a shell reads", text);
  if (!safe || unclosed != sema::ShellContext::Command) return;
  sema::ShellScanner whole;
  whole.text(script);
  must(whole.unclosed() == unclosed, "what is closed is closed in the script", script);
  check_made_command(pieces, sites, values_for(sites.size(), given));
}

// ---- addresses ----------------------------------------------------------------

/// The parts of an address as browsers and servers see it: `.` and `..` also encoded.
struct Address {
  explicit Address(std::string_view text) {
    size_t host = text.find("://") + 3;
    size_t path = std::min(text.find_first_of("/?#", host), text.size());
    size_t query = std::min(text.find_first_of("?#", path), text.size());
    origin = text.substr(0, path);
    for (std::string_view segment : split(text.substr(path, query - path), '/')) {
      ++segments;
      std::string plain;
      for (size_t at = 0; at < segment.size(); ++at) {
        bool dot = segment.substr(at, 3) == "%2e" || segment.substr(at, 3) == "%2E";
        plain += dot ? '.' : segment[at];
        at += dot ? 2 : 0;
      }
      if (plain == "..") ups += 1;
      if (plain == ".") stays += 1;
    }
    for (char c : text.substr(query)) separators += c == '&' || c == '=' || c == '#' || c == '?';
  }
  bool operator==(const Address&) const = default;
  std::string_view origin;
  size_t segments = 0, ups = 0, stays = 0, separators = 0;
};

/// The address with these values; nothing: one may not stand there.
std::string make_url(const std::vector<pf_piece>& pieces, const Texts& values) {
  Made arguments(pieces, values);
  pf_str out{};
  if (!pf_url_make(&out, arguments.pieces.data(), arguments.holes.data(), arguments.count(),
                   &values::kSite))
    return values::take(out);
  values::take_failure();
  return "";
}

/// No value changes the origin, the segments of the path or the separators of the query.
void check_url(std::string_view text, const Texts& given) {
  Texts parts = split(text, '^');
  sema::UrlScanner scanner;
  std::vector<pf_piece> pieces;
  for (size_t i = 0; i < parts.size(); ++i) {
    // The parser makes no part of an empty text.
    if (!parts[i].empty() && scanner.text(parts[i], parts.size() == 1)) return;
    pf_piece piece{.text = values::lit(parts[i])};
    if (i + 1 < parts.size()) {
      std::optional<sema::UrlHole> hole = scanner.hole();
      if (!hole) return;
      piece.hole = &values::kStr;
      piece.part = static_cast<uint8_t>(*hole);
    }
    pieces.push_back(piece);
  }
  Texts values = values_for(parts.size() - 1, given);
  Texts plain(values.size(), "x");
  bool based = !values.empty() && pieces[0].part == PF_URL_BASE;
  if (based) plain[0] = values[0];
  std::string one = make_url(pieces, values);
  std::string other = make_url(pieces, plain);
  if (one.empty()) return;
  must(!other.empty(), "plain values may stand where others may", one);
  must(Address(one) == Address(other), "no value changes the shape of an address", one, other);
  for (char c : one.substr(0, based ? 0 : one.size()))
    must(static_cast<unsigned char>(c) > ' ' && c != 0x7f, "an address has no blank", one);
}

// ---- queries ------------------------------------------------------------------

/// Where the scanner lets a hole pass, SQLite sees a parameter.
void check_sql(std::string_view text) {
  Texts pieces = split(text, '^');
  sema::SqlScanner scanner;
  std::vector<pf_piece> made;
  bool plain = true;
  for (size_t i = 0; i < pieces.size(); ++i) {
    scanner.text(pieces[i]);
    bool last = i + 1 == pieces.size();
    if (!last) plain = plain && scanner.context() == sema::SqlContext::Plain;
    made.push_back({.text = values::lit(pieces[i]), .hole = last ? nullptr : &values::kStr});
  }
  // Other parameters of the text's own would be counted, too.
  if (!plain || text.find_first_of("?:@$#") != text.npos || text.find(char{}) != text.npos) return;
  Made arguments(std::move(made), values_for(pieces.size() - 1, {}));
  pf_sql query{};
  pf_sql_make(&query, arguments.pieces.data(), arguments.holes.data(), arguments.count());
  static sqlite3* database = [] {
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    sqlite3_exec(opened, "create table t(a, b, c)", nullptr, nullptr, nullptr);
    return opened;
  }();
  std::string whole = values::take(query.text);
  size_t found = 0;
  bool runs = true;
  for (const char* rest = whole.c_str(); runs && *rest;) {
    sqlite3_stmt* statement = nullptr;
    runs = sqlite3_prepare_v2(database, rest, -1, &statement, &rest) == SQLITE_OK;
    if (statement) found += static_cast<size_t>(sqlite3_bind_parameter_count(statement));
    sqlite3_finalize(statement);
  }
  must(!runs || found == pieces.size() - 1, "each hole is a parameter", whole);
  values::drop(query.args, pflow::rt::kJsonArrayType);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string all = fuzz::text_of(data + 1, size - 1);
  std::string_view text = all;
  if (data[0] == 's') {
    check_sql(text);
  } else if (data[0] == 'u') {
    Texts lines = split(text, '\n');
    check_url(lines[0], {lines.begin() + 1, lines.end()});
  } else if (data[0] == 'c') {
    Texts halves = split(text, '\0');
    check_command(halves[0], {halves.begin() + 1, halves.end()});
  }
  return 0;
}
