/// What stands in the journal of a run before.
#pragma once

#include "runtime/src/journal/numbers.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/row.h"

namespace pflow::rt {

/// What becomes of a call of which nobody knows whether it was done, in the order of
/// pf_policy.in_doubt.
enum class Doubt : unsigned char { Again, Fail, Ask };

/// A step that has given something. The texts are those of the file.
struct RecordedResult {
  pf_str args;    ///< their hash
  pf_str action;  ///< empty: none was chosen
  pf_str out;     ///< a JSON object
};

/// A step that had begun, and of which nothing else is known.
struct RecordedIntent {
  pf_str key, node;
  pf_str in;      ///< JSON, as it is shown
  int64_t began;  ///< milliseconds since the epoch
  Doubt doubt;    ///< what becomes of it when it is not over
  bool is_over;   ///< a result has come, or it failed
};

struct RecordedBatch {
  pf_str token;  ///< empty: it was refused
  pf_str id;     ///< empty: nobody knows whether it was sent
};

/// A step that is part of a batch.
struct RecordedMember {
  size_t batch;
  pf_str args;  ///< their hash
  size_t place;
};

/// What came of a lookup in the cache.
struct RecordedLookup {
  pf_str results;  ///< a JSON string; empty: nothing fitted
};

class Recorded {
 public:
  Recorded() = default;
  Recorded(const Recorded&) = delete;
  Recorded& operator=(const Recorded&) = delete;

  /// Reads an open file. What was recorded of the stage `from` or of a step of it, and all later
  /// records, are passed over; null: nothing is. False: `problem` says why.
  [[nodiscard]] bool read(int file, const char* from, Buffer& problem);

  /// The record of the run, a JSON object.
  [[nodiscard]] pf_str run() const { return run_; }
  /// Of the file: behind them stands at most a record that was cut short.
  [[nodiscard]] size_t whole_bytes() const { return whole_; }
  /// The step with that key; null: it has given nothing.
  [[nodiscard]] const RecordedResult* result(pf_str key) const;
  /// Whether the step with that key has failed, the last time that it was done.
  [[nodiscard]] bool has_failed(pf_str key) const { return failed_.find(key, 0) != 0; }
  /// When a step with that key had begun that was not over, in milliseconds; 0: there was none.
  [[nodiscard]] int64_t began(pf_str key) const;

  /// The last one of the step with that key; null: it is in no batch.
  [[nodiscard]] const RecordedMember* member(pf_str key) const;
  [[nodiscard]] const RecordedBatch& batch(const RecordedMember& member) const {
    return batches_[member.batch];
  }

  /// The last one of calls that are equal; null: there was none.
  [[nodiscard]] const RecordedLookup* lookup(pf_str call) const;

  [[nodiscard]] const Row<RecordedIntent>& intents() const { return intents_; }
  /// Of steps that have given something, in the order of the file.
  [[nodiscard]] const Row<pf_str>& keys() const { return keys_; }

 private:
  bool take_line(pf_str json, const char* from, Buffer& problem);
  void take_result(pf_str json, pf_str key);
  void take_intent(pf_str json, pf_str key);
  void take_batch(pf_str json, const char* from);
  void take_batch_id(pf_str json);
  void take_lookup(pf_str json);

  Buffer text_;
  size_t whole_ = 0;
  pf_str run_{};
  bool passes_over_ = false;
  Row<RecordedResult> results_;
  Row<RecordedIntent> intents_;
  Row<RecordedBatch> batches_;
  Row<RecordedMember> members_;
  Row<RecordedLookup> lookups_;
  Row<pf_str> keys_;
  Numbers result_numbers_, intent_numbers_, member_numbers_;  ///< by key
  Numbers lookup_numbers_;                                    ///< by call
  Numbers failed_;                                            ///< 1 by key
};

/// The member of a JSON object, as it stands there; empty: it has none.
[[nodiscard]] pf_str json_member(pf_str object, const char* name);
/// The text of a member that is a string without escapes; empty: there is none.
[[nodiscard]] pf_str json_text_member(pf_str object, const char* name);
[[nodiscard]] int64_t json_int_member(pf_str object, const char* name);
/// The site of the innermost step of a key: `llm#a0` of `main/each#5c[17] > main/llm#a0 #2`.
[[nodiscard]] pf_str site_of_key(pf_str key);

}  // namespace pflow::rt
