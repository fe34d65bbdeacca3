/// An index: a SQLite file with keys, texts and vectors. Used away from the loop thread; knows
/// nothing of flows.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "pflow/abi.h"

namespace pf_index {

/// Why something was not done.
struct Problem {
  pf_error_kind kind = PF_E_IO;
  std::string text;   ///< empty: it was done
  bool busy = false;  ///< another program holds the file
};

struct NewEntry {
  std::string key;
  std::string text;
  std::vector<float> vector;
};

struct Found {
  std::string key;
  std::string text;
  float score;
};

struct Wanted {
  std::vector<float> vector;
  size_t most = 0;
  std::string keys;  ///< a pattern, as SQLite's GLOB has it
  float least = -1;
};

/// Which file, and a flag that may be set meanwhile to give up.
struct Place {
  std::string path;
  const std::atomic<bool>* stopped;
};

/// All of them or none; the file is made when it is missing.
Problem add_entries(const Place& place, const std::vector<NewEntry>& entries);
Problem remove_entries(const Place& place, const std::string& keys, int64_t& removed);
/// The best first; of equal ones the older.
Problem find_nearest(const Place& place, const Wanted& wanted, std::vector<Found>& found);

}  // namespace pf_index
