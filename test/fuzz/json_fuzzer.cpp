/// Any text as JSON: read as a plain value and as values of several types. Boost.JSON accepts
/// the same texts and reads the same values, and what is written is read back equal.
#include <boost/json.hpp>
#include <cmath>

#include "runtime/src/json/json_scanner.h"
#include "test/fuzz/must.h"
#include "test/fuzz/scalars.h"

using fuzz::must;
using values::json_of;

namespace {

constexpr pf_type kSums = fuzz::list_of(values::kSum, "[Item | Tree]");
constexpr pf_type kFloats = fuzz::list_of(values::kFloat, "[float]");

/// A record of no field: all that is read is skipped.
constexpr pf_type kNothing = {.kind = PF_RECORD, .size = 8, .align = 8, .name = "Nothing"};

/// A value that was read from JSON, or what was wrong.
class Read {
 public:
  Read(const std::string& text, const pf_type& type) : type_(type) {
    pf_str source = values::lit(text);
    ok = pf_json_decode(&source, &type, room_, &problem_);
    if (ok) return;
    must(problem_.offset <= text.size(), "a mistake stands in the text", text);
    must(problem_.message.len != 0, "a mistake has words", text);
    for (char byte : room_) must(byte == 0, "what failed leaves nothing", text);
  }
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;
  ~Read() {
    if (ok)
      pf_drop_value(room_, &type_);
    else
      pf_str_release(problem_.message);
  }

  [[nodiscard]] const void* value() const { return room_; }
  [[nodiscard]] bool equals(const void* other) const {
    return pf_value_equal(room_, other, &type_);
  }
  /// The text is no JSON, whatever the type.
  [[nodiscard]] bool no_json() const { return !ok && problem_.kind == PF_E_PARSE; }

  bool ok;

 private:
  static_assert(sizeof(fuzz::Scalars) <= 256);
  const pf_type& type_;
  alignas(16) char room_[256] = {};
  pf_json_problem problem_{};
};

/// What Boost.JSON says of the text: its value; else why not.
boost::json::value boost_read(const std::string& text, boost::json::error_code& error) {
  boost::json::parse_options options;
  options.max_depth = pflow::rt::JsonScanner::kMaxDepth;
  return boost::json::parse(text, error, {}, options);
}

/// It computes some floats less exactly than `strtod`, and others not at all: `0e309`.
bool same_float(double theirs, double ours) {
  if (!std::isfinite(theirs) || theirs == ours) return true;
  return std::fabs(theirs - ours) <= std::fabs(ours) * 1e-12 ||
         (std::fabs(theirs) < 1e-300 && std::fabs(ours) < 1e-300);
}

bool same(const boost::json::value& theirs, const boost::json::value& ours);

bool same_numbers(const boost::json::value& theirs, const boost::json::value& ours) {
  if (theirs.is_int64() && ours.is_int64()) return theirs.get_int64() == ours.get_int64();
  return same_float(theirs.to_number<double>(), ours.to_number<double>());
}

bool same_objects(const boost::json::object& theirs, const boost::json::object& ours) {
  if (theirs.size() != ours.size()) return false;
  for (const auto& [key, value] : theirs)
    if (!ours.contains(key) || !same(value, ours.at(key))) return false;
  return true;
}

bool same(const boost::json::value& theirs, const boost::json::value& ours) {
  if (theirs.is_number() && ours.is_number()) return same_numbers(theirs, ours);
  if (theirs.kind() != ours.kind()) return false;
  if (theirs.is_object()) return same_objects(theirs.get_object(), ours.get_object());
  if (!theirs.is_array()) return theirs == ours;
  const auto& left = theirs.get_array();
  const auto& right = ours.get_array();
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i)
    if (!same(left[i], right[i])) return false;
  return true;
}

/// What is written of a value is read back equal, and written alike.
void check_round_trip(const Read& read, const pf_type& type) {
  std::string written = json_of(read.value(), type);
  Read again(written, type);
  must(again.ok, "what is written can be read", written);
  must(again.equals(read.value()), "what is written is read back equal", written);
  std::string rewritten = json_of(again.value(), type);
  must(rewritten == written, "equal values are written alike", written, rewritten);
  Read pretty(values::take(pf_json_text(read.value(), &type, 2)), type);
  must(pretty.ok && pretty.equals(read.value()), "indented text means the same", written);
}

/// Reading the text by the type, and converting the plain value, are one.
void check_conversion(const std::string& text, const Read& plain, const Read& direct,
                      const pf_type& type) {
  alignas(16) char room[256] = {};
  bool failed = pf_json_as(room, plain.value(), &type, nullptr);
  if (failed) values::take_failure();
  must(failed == !direct.ok, "a text and its plain value both fit a type", text, type.name);
  if (failed) return;
  must(direct.equals(room), "a text and its plain value become the same", text, type.name);
  pf_json back{};
  pf_json_from(&back, room, &type);
  must(json_of(&back, pflow::rt::kJsonType) == json_of(room, type),
       "a value and its plain value are written alike", text, type.name);
  pf_drop_value(&back, &pflow::rt::kJsonType);
  pf_drop_value(room, &type);
}

void check_plain(const std::string& text, const Read& plain) {
  boost::json::error_code error;
  boost::json::value theirs = boost_read(text, error);
  if (error == boost::json::error::exponent_overflow) return;
  if (plain.ok) {
    must(!error, "Boost.JSON accepts what is read", text, error.message());
    std::string written = json_of(plain.value(), pflow::rt::kJsonType);
    must(same(theirs, boost_read(written, error)), "Boost.JSON reads the same", text, written);
    return;
  }
  if (plain.no_json()) must(!!error, "Boost.JSON refuses what is no JSON", text);
}

/// The skipper is as strict as the reader.
void check_skipped(const std::string& text) {
  std::string around = "{\"other\":" + text + "}";
  boost::json::error_code error;
  boost_read(around, error);
  Read skipped(around, kNothing);
  if (error != boost::json::error::exponent_overflow)
    must(skipped.ok == !error, "what is skipped is JSON", around, error.message());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text = fuzz::text_of(data, size);
  text.erase(0, pf_byte_order_mark(text.data(), text.size()));
  Read plain(text, pflow::rt::kJsonType);
  check_plain(text, plain);
  check_skipped(text);
  if (plain.ok) check_round_trip(plain, pflow::rt::kJsonType);
  for (const pf_type* type :
       {&values::kItems, &values::kTree, &values::kIntMap, &values::kEntry, &values::kSum, &kSums,
        &fuzz::kAllScalars, &kFloats, &values::kTexts, &values::kOptStr}) {
    Read read(text, *type);
    if (read.ok) check_round_trip(read, *type);
    if (plain.ok) check_conversion(text, plain, read, *type);
  }
  return 0;
}
