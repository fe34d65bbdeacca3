#include "index_file.h"

#include <algorithm>

#include "opened_index.h"
#include "vectors.h"

namespace pf_index {
namespace {

std::string sizes(const std::string& key, size_t given, size_t kept) {
  return "the vector" + (key.empty() ? "" : " of `" + key + "`") + " has " + std::to_string(given) +
         " dimensions, those of the index have " + std::to_string(kept);
}

/// Puts entries in.
class Adding {
 public:
  explicit Adding(OpenedIndex& index)
      : index_(index),
        entry_(index,
               "insert into entries(key, text) values (?, ?) "
               "on conflict(key) do update set text = excluded.text returning id"),
        vector_(index, "insert or replace into vectors(id, vector) values (?, ?)"),
        dimensions_(index.dimensions()) {}

  bool add(const NewEntry& entry) {
    if (dimensions_ == 0) dimensions_ = entry.vector.size();
    if (entry.vector.size() != dimensions_)
      return index_.fail(PF_E_VALUE, sizes(entry.key, entry.vector.size(), dimensions_));
    entry_.bind(1, entry.key);
    entry_.bind(2, entry.text);
    if (sqlite3_step(entry_.get()) != SQLITE_ROW) return index_.fail();
    int64_t id = sqlite3_column_int64(entry_.get(), 0);
    sqlite3_step(entry_.get());
    sqlite3_reset(entry_.get());
    sqlite3_bind_int64(vector_.get(), 1, id);
    sqlite3_bind_blob64(vector_.get(), 2, entry.vector.data(), entry.vector.size() * sizeof(float),
                        SQLITE_STATIC);
    if (sqlite3_step(vector_.get()) != SQLITE_DONE) return index_.fail();
    sqlite3_reset(vector_.get());
    return true;
  }

 private:
  OpenedIndex& index_;
  Statement entry_;
  Statement vector_;
  size_t dimensions_;
};

/// One that may be among the best.
struct Candidate {
  float score;
  int64_t id;
};

/// Whether the first stands before the second: the better, of equal ones the older.
bool is_better(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.id < b.id;
}

/// The best of all that were offered: a heap with the worst of them on top.
class Best {
 public:
  explicit Best(size_t most) : most_(most) {}

  void offer(const Candidate& candidate) {
    if (all_.size() == most_) {
      if (most_ == 0 || !is_better(candidate, all_.front())) return;
      std::ranges::pop_heap(all_, is_better);
      all_.pop_back();
    }
    all_.push_back(candidate);
    std::ranges::push_heap(all_, is_better);
  }
  std::vector<Candidate> take() {
    std::ranges::sort(all_, is_better);
    return std::move(all_);
  }

 private:
  size_t most_;
  std::vector<Candidate> all_;
};

bool compare_all(OpenedIndex& index, const Wanted& wanted, Best& best) {
  bool every = wanted.keys == "*";
  Statement rows(index, every
                            ? "select id, vector from vectors"
                            : "select e.id, v.vector from entries e join vectors v on v.id = e.id "
                              "where e.key glob ?");
  if (!rows.get()) return false;
  if (!every) rows.bind(1, wanted.keys);
  size_t count = wanted.vector.size();
  float size = length(wanted.vector.data(), count);
  int code;
  while ((code = sqlite3_step(rows.get())) == SQLITE_ROW) {
    const auto* vector = static_cast<const float*>(sqlite3_column_blob(rows.get(), 1));
    size_t kept = static_cast<size_t>(sqlite3_column_bytes(rows.get(), 1)) / sizeof(float);
    if (kept != count) return index.fail(PF_E_VALUE, sizes("", count, kept));
    float score = cosine(wanted.vector.data(), size, vector, count);
    if (score >= wanted.least) best.offer({score, sqlite3_column_int64(rows.get(), 0)});
  }
  return code == SQLITE_DONE || index.fail();
}

std::string column(sqlite3_stmt* row, int at) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, at));
  return {text ? text : "", static_cast<size_t>(sqlite3_column_bytes(row, at))};
}

bool read_found(OpenedIndex& index, const std::vector<Candidate>& best, std::vector<Found>& found) {
  Statement entry(index, "select key, text from entries where id = ?");
  for (const Candidate& each : best) {
    sqlite3_bind_int64(entry.get(), 1, each.id);
    if (sqlite3_step(entry.get()) != SQLITE_ROW) return index.fail();
    found.push_back({column(entry.get(), 0), column(entry.get(), 1), each.score});
    sqlite3_reset(entry.get());
  }
  return true;
}

}  // namespace

Problem add_entries(const Place& place, const std::vector<NewEntry>& entries) {
  // Before a file is made for them.
  for (const NewEntry& entry : entries)
    if (size_t first = entries.front().vector.size(); entry.vector.size() != first)
      return {PF_E_VALUE,
              "the vector of `" + entry.key + "` has " + std::to_string(entry.vector.size()) +
                  " dimensions, that of `" + entries.front().key + "` has " + std::to_string(first),
              false};
  OpenedIndex index(place, Access::Make);
  if (!index.good()) return index.problem();
  {
    Adding adding(index);
    for (const NewEntry& entry : entries)
      if (!index.good() || !adding.add(entry)) return index.problem();
  }
  index.run("commit");
  return index.problem();
}

Problem remove_entries(const Place& place, const std::string& keys, int64_t& removed) {
  OpenedIndex index(place, Access::Change);
  for (const char* text :
       {"delete from vectors where id in (select id from entries where key glob ?)",
        "delete from entries where key glob ?"}) {
    Statement statement(index, text);
    if (!statement.get()) return index.problem();
    statement.bind(1, keys);
    if (sqlite3_step(statement.get()) != SQLITE_DONE) {
      index.fail();
      return index.problem();
    }
    removed = sqlite3_changes64(index.database());
  }
  index.run("commit");
  return index.problem();
}

Problem find_nearest(const Place& place, const Wanted& wanted, std::vector<Found>& found) {
  OpenedIndex index(place, Access::Read);
  Best best(wanted.most);
  if (index.good() && compare_all(index, wanted, best)) read_found(index, best.take(), found);
  return index.problem();
}

}  // namespace pf_index
