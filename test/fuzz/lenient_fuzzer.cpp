/// Any text as the answer of a model, read as values of several types: what the strict reader
/// takes is read as it is, without a report; what is mended is a value like any other.
#include "stdlib-nodes/models/lenient/lenient_reader.h"
#include "test/fuzz/must.h"
#include "test/fuzz/scalars.h"

using fuzz::must;
using pf_models::lenient::Reading;
using pf_models::lenient::Root;
using values::json_of;

namespace {

constexpr pf_type kSums = fuzz::list_of(values::kSum, "[Item | Tree]");
constexpr pf_type kFloats = fuzz::list_of(values::kFloat, "[float]");

/// Room for a value, released at its end.
struct Room {
  explicit Room(const pf_type& of) : type(of) {}
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() { pf_drop_value(bytes, &type); }
  const pf_type& type;
  alignas(16) char bytes[256] = {};
};

void check_outcome(const std::string& text, const Reading& reading, const Room& room) {
  if (!reading.read) {
    must(!reading.problem.empty(), "a mistake has words", text, room.type.name);
    for (char byte : room.bytes) must(byte == 0, "what failed leaves nothing", text);
    return;
  }
  std::string written = json_of(room.bytes, room.type);
  Room again(room.type);
  Reading back = read_strictly(values::lit(written), room.type, Root::Plain, again.bytes);
  must(back.read, "what was mended is exact when it is written", text, written);
  must(pf_value_equal(room.bytes, again.bytes, &room.type), "and is read back equal", text,
       written);
  for (const std::string& sentence : reading.mended) {
    must(sentence.starts_with('$'), "a report names its place", text, sentence);
    must(pf_utf8_valid_prefix(sentence.data(), sentence.size()) == sentence.size(),
         "a report is text", text);
  }
}

void check(const std::string& text, const pf_type& type, Root root) {
  Room strict(type), lenient(type), mended(type);
  Reading exact = read_strictly(values::lit(text), type, root, strict.bytes);
  Reading reading = read_leniently(values::lit(text), type, root, lenient.bytes);
  Reading again = mend(text, type, root, mended.bytes);
  check_outcome(text, reading, lenient);
  check_outcome(text, again, mended);
  if (exact.read) {
    must(reading.read && reading.mended.empty(), "exact JSON is read without a report", text,
         type.name);
    must(pf_value_equal(strict.bytes, lenient.bytes, &type), "as the strict reader does", text);
    // Members that the strict reader does not know may be those of fields in another spelling.
    if (again.read && again.mended.empty())
      must(pf_value_equal(strict.bytes, mended.bytes, &type), "also by the slow way", text);
  } else if (exact.kind == PF_E_PARSE || exact.kind == PF_E_SCHEMA) {
    must(reading.read == again.read, "the lenient reader mends what the strict one refuses", text);
    must(reading.mended == again.mended, "and tells the same", text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text = fuzz::text_of(data, size);
  for (const pf_type* type :
       {&pflow::rt::kJsonType, &values::kItems, &values::kTree, &values::kIntMap, &values::kEntry,
        &values::kSum, &kSums, &fuzz::kAllScalars, &kFloats, &values::kTexts, &values::kOptStr,
        &values::kInt, &values::kFloat, &values::kBool, &values::kLevel})
    check(text, *type, Root::Plain);
  check(text, values::kInt, Root::InValue);
  check(text, values::kSum, Root::InValue);
  return 0;
}
