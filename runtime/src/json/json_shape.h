/// What reading JSON text and converting JSON values have in common: where they
/// are in the value, what is wrong there, and how records are completed.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// A step of the path to a value; lives on the stack of whoever goes down.
struct JsonStep {
  const JsonStep* outer;
  pf_str key;     ///< of an object …
  int64_t index;  ///< … or, when not negative, in a list
};

/// Collects the first thing that is wrong.
class JsonShape {
 public:
  /// `$.items[3].name: expected int, found str`. All return false.
  bool expected(const pf_type* type, const char* found);
  bool wrong(pf_error_kind kind, const char* format, ...) __attribute__((format(printf, 3, 4)));
  /// The failure that is pending, of a default.
  bool failed_default();

  [[nodiscard]] bool ok() const { return message_.size() == 0; }
  [[nodiscard]] pf_error_kind kind() const { return kind_; }
  [[nodiscard]] pf_str take_message() { return message_.take(); }

  const JsonStep* step = nullptr;  ///< the innermost

 private:
  void begin(pf_error_kind kind);
  Buffer message_;
  pf_error_kind kind_ = PF_E_SCHEMA;
};

/// Goes down one step for as long as it lives.
class JsonDown {
 public:
  JsonDown(JsonShape& shape, pf_str key) : shape_(shape), step_{shape.step, key, -1} {
    shape.step = &step_;
  }
  explicit JsonDown(JsonShape& shape) : shape_(shape), step_{shape.step, {}, 0} {
    shape.step = &step_;
  }
  JsonDown(const JsonDown&) = delete;
  JsonDown& operator=(const JsonDown&) = delete;
  ~JsonDown() { shape_.step = step_.outer; }
  void next_index() { ++step_.index; }

 private:
  JsonShape& shape_;
  JsonStep step_;
};

/// Which fields of a record have been seen.
class JsonFields {
 public:
  explicit JsonFields(const pf_type* record);
  JsonFields(const JsonFields&) = delete;
  JsonFields& operator=(const JsonFields&) = delete;
  ~JsonFields();

  static constexpr uint32_t kUnknown = ~uint32_t{0};
  /// The number of the field with that wire name.
  uint32_t find(const pf_str& key);
  /// False when it was there already.
  bool mark(uint32_t field);
  /// Gives the fields that are missing their default, else none; false: one has neither.
  bool complete(void* out, JsonShape& shape);

 private:
  [[nodiscard]] bool has(uint32_t field) const { return words_[field / 64] >> field % 64 & 1; }
  const pf_type* record_;
  uint64_t few_[2] = {};
  uint64_t* words_ = few_;
  uint32_t expected_ = 0;  ///< objects mostly keep the declared order
};

/// Reads a text that stands in JSON for a value of another type: bytes as base64,
/// durations, literals. False after `shape` was told.
bool read_json_text(const pf_str& text, const pf_type* type, void* out, JsonShape& shape);
/// Whether `name`, which ends with a zero byte, is `key`.
bool is_called(const char* name, const pf_str& key);
/// The variant whose record has that tag; -1 after `shape` was told.
int64_t find_variant(const pf_str& tag, const pf_type* sum, JsonShape& shape);

}  // namespace pflow::rt
